using Selvedge.Routing;

namespace Selvedge.BuildOutput.Tests;

/// <summary>Small outputs in the shapes that the tools write, and what must be found in them.</summary>
public sealed class FrameworkShapeTests : IDisposable
{
    private readonly OutputBuilder _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task Next_AppRouter_GivesPagesPayloadsAndMiddleware()
    {
        _output
            .Config(
                """
                {"version":3,"framework":{"slug":"nextjs","version":"16.4.6"},"crons":[],
                 "overrides":{"500.html":{"path":"500","contentType":"text/html; charset=utf-8"},
                  "_app.rsc.json":{"path":"_app.rsc","contentType":"application/json"},
                  "__next_data_catchall.json":{"path":"__next_data_catchall","contentType":"application/json"},
                  "_next/static/not-found.txt":{"contentType":"text/plain"}},
                 "images":{"domains":[],"sizes":[640,1080],"qualities":[75],"remotePatterns":[],"localPatterns":[{"pathname":"^/pic$","search":""}],
                  "minimumCacheTTL":14400,"formats":["image/webp"],"dangerouslyAllowSVG":false,
                  "contentSecurityPolicy":"script-src 'none'; frame-src 'none'; sandbox;","contentDispositionType":"attachment"},
                 "routes":[{"src":"^(?:/(_next/data/[^/]{1,}))?/mw(?:/.*)?$","middlewareRawSrc":["/mw/:path*"],"middlewarePath":"/_middleware",
                   "missing":[{"type":"header","key":"x-prerender-revalidate","value":"t"}],"continue":true,"override":true},
                  {"handle":"filesystem"},{"src":"^/__next_data_catchall$","dest":"__next_data_catchall"},{"handle":"resource"},
                  {"src":"/.*","status":404},{"handle":"miss"},{"src":"/_next/static/.+","status":404,"check":true,"dest":"/_next/static/not-found.txt"},
                  {"handle":"rewrite"},{"src":"^/blog/(?<nxtPslug>[^/]+?)(?:/)?$","dest":"/blog/[slug]?nxtPslug=$nxtPslug"},
                  {"handle":"hit"},{"src":"/index(?:/)?","headers":{"x-matched-path":"/"},"continue":true,"important":true},
                  {"handle":"error"},{"src":"/.*","dest":"/500","status":500}]}
                """
            )
            .Static("500.html")
            .Static("_app.rsc.json", "{}")
            .Static("__next_data_catchall.json", "{}")
            .Static("_next/static/not-found.txt")
            .Function("_middleware", """{"runtime":"nodejs24.x","handler":"index.js","launcherType":"Nodejs","useWebApi":true}""")
            .Function("blog/[slug]")
            .File("functions/index.prerender-fallback.html", "<html>");
        foreach (
            var path in new[] { "index", "index.rsc", "blog/a.segments/blog/$d$slug/__PAGE__.segment.rsc", "_next/data/b/p.json" }
        )
            _output
                .Link($"functions/{path}.func", Path.GetRelativePath($"/{Path.GetDirectoryName(path)}", "/blog/[slug].func"))
                .Prerender(path, """{"type":"Prerender","expiration":1,"group":1,"fallback":null}""");

        var deployment = await _output.DeployAsync();

        Assert.Equal("blog/[slug]", deployment.Bundles.Single(static bundle => bundle.Name != "_middleware").Name);
        Assert.Equal("/index", Find<PrerenderAsset>(deployment, "/").OutputPath);
        Find<PrerenderAsset>(deployment, "/index.rsc");
        Find<PrerenderAsset>(deployment, "/blog/a.segments/blog/$d$slug/__PAGE__.segment.rsc");
        Find<PrerenderAsset>(deployment, "/_next/data/b/p.json");
        Find<FunctionAsset>(deployment, "/blog/[slug]");
        Assert.Equal("application/json", Find<StaticAsset>(deployment, "/_app.rsc").ContentType);
        Assert.True(deployment.Outputs.FindOutput("/_middleware") is FunctionAsset { Bundle.Config.UseWebApi: true });
        var images = deployment.Images!;
        Assert.Equal([640, 1080], images.Sizes);
        Assert.Equal([75], images.Qualities);
        Assert.Equal([new(null, null, null, "^/pic$", "")], images.LocalPatterns);
        Assert.Equal(TimeSpan.FromHours(4), images.MinimumCacheTtl);
        Assert.Equal("attachment", images.ContentDispositionType);
        Assert.Equal(new FrameworkInfo("nextjs", "16.4.6"), deployment.Framework);
    }

    [Fact]
    public async Task Next_WithBasePathAndLocales_GivesPagesUnderBoth()
    {
        _output
            .Config(
                """
                {"version":3,"wildcard":[{"domain":"example.fr","value":"/fr"}],
                 "overrides":{"docs/en/about.html":{"path":"docs/en/about","contentType":"text/html; charset=utf-8"}},
                 "routes":[{"src":"^/docs$","dest":"/docs$wildcard/","continue":true},
                  {"src":"/docs/?","locale":{"redirect":{"en":"/docs/en","fr":"/docs/fr"},"cookie":"NEXT_LOCALE"},"continue":true}]}
                """
            )
            .Static("docs/en/about.html")
            .Function("docs/en")
            .Function("docs/[nextLocale]/dynamic");

        var deployment = await _output.DeployAsync();

        Find<StaticAsset>(deployment, "/docs/en/about/");
        Find<FunctionAsset>(deployment, "/docs/en/");
        Find<FunctionAsset>(deployment, "/docs/[nextLocale]/dynamic");
    }

    [Fact]
    public async Task Next_PartialPrerender_HasAShellAndWhatCompletesIt()
    {
        _output
            .Function("ppr")
            .File("functions/ppr.prerender-fallback.html", "state<html>")
            .Prerender(
                "ppr",
                """
                {"type":"Prerender","expiration":900,"staleExpiration":4294967294,"group":3,"allowQuery":[],
                 "fallback":{"type":"FileFsRef","mode":33188,"fsPath":"ppr.prerender-fallback.html",
                  "contentType":"application/x-nextjs-pre-render; state-length=5; origin=\"text/html; charset=utf-8\""},
                 "chain":{"outputPath":"ppr","headers":{"next-resume":"1"}},"initialMetadata":{"compute":"resuming","htmlSize":6},
                 "experimentalBypassFor":[{"type":"header","key":"user-agent","value":".*bot.*"}]}
                """
            );

        var deployment = await _output.DeployAsync();

        var prerender = Find<PrerenderAsset>(deployment, "/ppr");
        Assert.StartsWith("application/x-nextjs-pre-render", prerender.Config.Fallback!.ContentType, StringComparison.Ordinal);
        Assert.Same(prerender, deployment.Outputs.FindOutput(prerender.Config.Chain!.OutputPath));
        Assert.Empty(deployment.UnknownKeys);
    }

    [Fact]
    public async Task Svelte_CatchAllAndMovedPage_AreFound()
    {
        _output
            .Config(
                """
                {"version":3,"overrides":{"static.html":{"path":"static"}},"images":{"sizes":[64],"formats":["image/webp"],"minimumCacheTTL":60},
                 "routes":[{"src":".*","continue":true,"transforms":[{"type":"request.query","op":"delete","target":{"key":"__pathname"}}]},
                  {"src":"/static/","status":308,"headers":{"Location":"/static"}},{"handle":"error"},{"status":404,"src":"^(?!/api).*$","dest":"/404.html"},
                  {"handle":"filesystem"},{"src":"^/isr/([^/]+?)/?$","dest":"/isr/[slug]?__pathname=/isr/$1"},{"src":"/.*","dest":"/![-]/catchall"}]}
                """
            )
            .Static("static.html")
            .Static("_app/immutable/chunk.js")
            .Function("![-]/catchall")
            .Link("functions/isr/[slug].func", "../![-]/catchall.func")
            .Link("functions/isr/[slug]/__data.json.func", "../../![-]/catchall.func");
        foreach (var path in new[] { "isr/[slug]", "isr/[slug]/__data.json" })
            _output.Prerender(path, """{"expiration":60,"group":1,"allowQuery":["__pathname"],"passQuery":true}""");

        var deployment = await _output.DeployAsync();

        Assert.Equal("text/html; charset=utf-8", Find<StaticAsset>(deployment, "/static").ContentType);
        Find<FunctionAsset>(deployment, "/![-]/catchall");
        Assert.True(Find<PrerenderAsset>(deployment, "/isr/[slug]").Config.PassQuery);
        Find<PrerenderAsset>(deployment, "/isr/[slug]/__data.json");
    }

    [Fact]
    public async Task Astro_RenderIsrAndEdgeMiddleware_AreFound()
    {
        _output
            .Config(
                """
                {"version":3,"framework":{"slug":"astro","version":"5.18.2"},"crons":[],"images":{"sizes":[64],"domains":[],"remotePatterns":[]},
                 "routes":[{"src":"^/_astro/(.*)$","headers":{"cache-control":"public, max-age=31536000, immutable"},"continue":true},
                  {"handle":"filesystem"},{"src":"^/blog/([^/]+?)/?$","dest":"/_isr?x_astro_path=$0"},{"src":"^/edge/?$","dest":"_middleware"},
                  {"src":"^/.*$","dest":"_render","status":404}]}
                """
            )
            .Function("_render")
            .Link("functions/_isr.func", "_render.func")
            .Prerender(
                "_isr",
                """{"expiration":60,"bypassToken":"0123456789abcdef0123456789abcdef","allowQuery":["x_astro_path"],"passQuery":true}"""
            )
            .File(
                "functions/_middleware.func/.vc-config.json",
                """{"runtime":"edge","deploymentTarget":"v8-worker","entrypoint":"middleware.mjs"}"""
            )
            .File("functions/_middleware.func/middleware.mjs", "");

        var deployment = await _output.DeployAsync();

        Find<FunctionAsset>(deployment, "/_render");
        Assert.Equal(["x_astro_path"], Find<PrerenderAsset>(deployment, "/_isr").Config.AllowQuery);
        Assert.Equal(FunctionKind.Edge, Find<FunctionAsset>(deployment, "/_middleware").Bundle.Config.Kind);
    }

    [Theory]
    [InlineData("nitro", "/isr/[...]-isr")]
    [InlineData("nuxtjs", "/isr-forever-isr")]
    public async Task Nitro_LinksToTheFallback_AreFunctionsAndPrerendersOfOneBundle(string slug, string isr)
    {
        _output
            .Config(
                $$$"""
                {"version":3,"overrides":{},"framework":{"slug":"{{{slug}}}","version":"2"},"crons":[{"path":"/cron","schedule":"0 0 * * *"}],
                 "routes":[{"src":"/redir","status":302,"headers":{"Location":"/hdr"}},{"handle":"error"},{"status":404,"src":"^(?!/api).*$","dest":"/404.html"},
                  {"handle":"filesystem"},{"src":"(?<__isr_route>/isr/(?:.*))","dest":"{{{isr}}}?__isr_route=$__isr_route"},{"src":"/(.*)","dest":"/__fallback"}]}
                """
            )
            .Function(
                "__fallback",
                """{"runtime":"nodejs24.x","handler":"index.js","launcherType":"Nodejs","shouldAddHelpers":false,"supportsResponseStreaming":true}"""
            )
            .Link($"functions{isr}.func", isr.LastIndexOf('/') > 0 ? "../__fallback.func" : "__fallback.func")
            .Prerender(isr[1..], """{"expiration":false,"allowQuery":["q","__isr_route"]}""")
            .Link("functions/cron.func", "./__fallback.func");

        var deployment = await _output.DeployAsync();

        Assert.Single(deployment.Bundles);
        Assert.Null(Find<PrerenderAsset>(deployment, isr).Config.Expiration);
        Find<FunctionAsset>(deployment, "/cron");
        Assert.Equal([new("/cron", "0 0 * * *")], deployment.Crons);
    }

    [Fact]
    public async Task ReactRouter_PathsWithParameters_AreFound()
    {
        _output
            .Config(
                """
                {"version":3,"framework":{"slug":"remix","version":"7.18.4"},
                 "routes":[{"src":"^/pre/?$","dest":"/pre/index.html"},{"handle":"filesystem"},
                  {"src":"^\\/opt(?:\\/([^\\/#\\?]+?))?\\.data[\\/#\\?]?$","dest":"opt/(:lang).data"},{"src":"/(.*)","dest":"index"},
                  {"handle":"hit"},{"src":"^/assets/(.*)$","headers":{"cache-control":"immutable"},"continue":true}]}
                """
            )
            .Static("pre/index.html")
            .Function(
                "index",
                """{"runtime":"nodejs24.x","handler":"index.js","launcherType":"Nodejs","useWebApi":true,"operationType":"SSR"}"""
            )
            .Link("functions/item/:id.func", "../index.func")
            .Link("functions/item/:id.data.func", "../index.func")
            .Link("functions/opt/(:lang).data.func", "../index.func");

        var deployment = await _output.DeployAsync();

        Find<FunctionAsset>(deployment, "/");
        Find<FunctionAsset>(deployment, "/item/:id");
        Find<FunctionAsset>(deployment, "/item/:id.data");
        Find<FunctionAsset>(deployment, "/opt/(:lang).data");
        Find<StaticAsset>(deployment, "/pre");
    }

    [Fact]
    public async Task Plain_ApiAndPublicFiles_AreFound()
    {
        _output
            .Config(
                """
                {"version":3,"overrides":{"docs/a.html":{"path":"docs/a"},"404.html":{"path":"404"},"index.html":{"path":"index"}},
                 "routes":[{"src":"^/\\.well-known(?:/.*)?$"},{"src":"^/host$","headers":{"Location":"/h-$sub"},"status":307,
                   "has":[{"type":"host","value":"(?<sub>.+)\\.example\\.com"}]},
                  {"src":"^/docs(?:/(.*))?$","middlewareRawSrc":["/docs/:path*"],"middlewarePath":"middleware","continue":true,"override":true},
                  {"handle":"filesystem"},{"src":"^/api/items/([^/]+)$","dest":"/api/items/[id]?id=$1","check":true},{"src":"^/api(/.*)?$","status":404}]}
                """
            )
            .Static("index.html")
            .Static("404.html")
            .Static("docs/a.html")
            .Function("middleware", OutputBuilder.EdgeConfig)
            .Function(
                "api/items/[id]",
                """{"runtime":"nodejs24.x","handler":"index.js","launcherType":"Nodejs","shouldAddHelpers":true}"""
            );

        var deployment = await _output.DeployAsync();

        Assert.Equal("text/html; charset=utf-8", Find<StaticAsset>(deployment, "/").ContentType);
        Find<StaticAsset>(deployment, "/docs/a");
        Assert.Null(deployment.Outputs.Find("/docs/a.html"));
        Assert.True(Find<FunctionAsset>(deployment, "/api/items/[id]").Bundle.Config.ShouldAddHelpers);
    }

    [Fact]
    public async Task Handmade_ByTheSpecification_IsRead()
    {
        _output
            .Config(
                """
                {"version":3,"routes":[{"src":"/.*","middlewarePath":"_middleware","continue":true,"missing":[{"type":"header","key":"x-no-mw"}]},
                  {"src":"^/ext$","dest":"https://example.com/"},{"handle":"miss"},{"src":"^/m/(.*)$","dest":"/static-$1.txt","check":true}],
                 "wildcard":[{"domain":"example.fr","value":"fr"}],"overrides":{"data.bin":{"contentType":"application/x-custom","path":"data"}},
                 "cache":["node_modules/**"],"crons":[{"path":"/node","schedule":"* * * * *"}],"framework":{"version":"0.0.1"}}
                """
            )
            .Static("data.bin")
            .Function("_middleware", OutputBuilder.EdgeConfig)
            .Function("isr")
            .File("functions/isr.prerender-fallback.html", "")
            .Prerender(
                "isr",
                """{"expiration":5,"fallback":"isr.prerender-fallback.html","initialHeaders":{"x-initial":"1"},"initialStatus":201}"""
            );

        var deployment = await _output.DeployAsync();

        Assert.Equal("application/x-custom", Find<StaticAsset>(deployment, "/data").ContentType);
        Assert.Equal(201, Find<PrerenderAsset>(deployment, "/isr").Config.InitialStatus);
        Assert.Equal(new FrameworkInfo(null, "0.0.1"), deployment.Framework);
        Assert.Empty(deployment.UnknownKeys);
        Assert.Null(deployment.Images);
    }

    private static T Find<T>(Deployment deployment, string path)
        where T : RouteTarget => Assert.IsType<T>(deployment.Outputs.Find(path));
}
