package firstspike.experiments.report;

/**
 * Colours and letters of pages and pictures, as style sheets. Series colours can be told apart by colour-blind readers on
 * light and on dark ground.
 */
final class Theme {

    private static final String PICTURE = """
            svg{--ink:#222;--faint:#d5d5d5;--quiet:#666;--ground:#fff;
            --c0:#0072b2;--c1:#c25e00;--c2:#00805c;--c3:#a8528a;--c4:#6a51a3;--c5:#777;--bad:#b00020}
            @media(prefers-color-scheme:dark){svg{--ink:#e6e6e6;--faint:#3a3f44;--quiet:#a0a5aa;--ground:#16191c;
            --c0:#56b4e9;--c1:#f0a040;--c2:#3cc99a;--c3:#e39ac8;--c4:#b6a3ea;--c5:#aaa;--bad:#ff6b7d}}
            svg text{font:12px system-ui,sans-serif;fill:var(--ink)}
            svg .title{font-weight:600;font-size:14px}
            svg .none{fill:var(--quiet);font-size:16px}
            svg .words{font-weight:600;paint-order:stroke;stroke:var(--ground);stroke-width:3px}
            svg .tick{fill:var(--quiet);font-size:11px}
            svg .grid{stroke:var(--faint);stroke-width:1}
            svg .frame{fill:none;stroke:var(--quiet)}
            svg .line{fill:none;stroke-width:1.6;stroke-linejoin:round}
            svg .dash{stroke-dasharray:5 4}
            svg .bar{fill-opacity:.45;stroke-width:1}
            """;

    private static final String PAGE = """
            :root{color-scheme:light dark}
            body{margin:0 auto;max-width:62rem;padding:1rem;font:16px/1.5 system-ui,sans-serif;
            color:#222;background:#fff}
            h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.2rem;margin-top:2rem}
            table{border-collapse:collapse;font-variant-numeric:tabular-nums}
            th,td{padding:.25rem .6rem;text-align:right;border-bottom:1px solid #d5d5d5}
            th:first-child,td:first-child{text-align:left}
            caption{text-align:left;color:#666;padding-bottom:.3rem}
            .state{padding:.5rem .8rem;border-left:.4rem solid #777}
            .state.ok{border-color:#00805c}.state.warn{border-color:#c25e00}.state.bad{border-color:#b00020}
            details{margin:.6rem 0}summary{cursor:pointer}
            pre{overflow-x:auto;font-size:.85rem;line-height:1.4}
            a{color:#0060a0}
            .matrix td{background:color-mix(in srgb,#2f86c9 var(--s),transparent)}
            .wide{overflow-x:auto}
            figure{margin:1rem 0}figcaption{color:#666;font-size:.9rem}
            figure{max-width:46rem}
            svg{display:block;width:100%;height:auto}
            .pictures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:0 1rem}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}
            dt{color:#666}dd{margin:0;overflow-wrap:anywhere}
            @media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#16191c}
            th,td{border-color:#3a3f44}figcaption,dt,caption{color:#a0a5aa}a{color:#8cc8ff}}
            @media(max-width:30rem){th,td{padding:.25rem .3rem}dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
            """;

    private Theme() {}

    /** Style sheet of a picture. */
    static String picture() {
        return PICTURE;
    }

    /** Style sheet of a page with pictures. */
    static String page() {
        return PAGE + PICTURE;
    }

    /** Colour of a series. */
    static String series(int index) {
        return "var(--c" + Math.floorMod(index, 6) + ")";
    }
}
