namespace Selvedge.BuildOutput.Tests;

public sealed class FunctionTests : IDisposable
{
    private readonly OutputBuilder _output = new();

    public void Dispose() => _output.Dispose();

    [Theory]
    [InlineData("index", "/")]
    [InlineData("index", "/index")]
    [InlineData("api/index", "/api/")]
    [InlineData("item/:id", "/item/:id")]
    [InlineData("opt/(:lang).data", "/opt/(:lang).data")]
    [InlineData("![-]/catchall", "/![-]/catchall")]
    [InlineData("blog/a.segments/blog/$d$slug/__PAGE__.segment.rsc", "/blog/a.segments/blog/$d$slug/__PAGE__.segment.rsc")]
    [InlineData("catch/[[...all]]", "/catch/[[...all]]")]
    [InlineData("a.func.b", "/a.func.b")]
    public async Task Function_AnyName_IsFoundAtItsPath(string name, string path)
    {
        _output.Function(name);

        var function = Assert.IsType<FunctionAsset>((await _output.DeployAsync()).Outputs.Find(path));

        Assert.Equal("/" + name, function.OutputPath);
        Assert.Equal(name, function.Bundle.Name);
        Assert.Equal(Path.Join(_output.Output, $"functions/{name}.func"), function.Bundle.Directory);
    }

    [Fact]
    public async Task Function_BesideADirectoryOfItsName_LeavesBothReachable()
    {
        _output.Function("docs/en").Function("docs/en/about").Static("docs/en/a.txt");

        var outputs = (await _output.DeployAsync()).Outputs;

        Assert.NotNull(outputs.Find("/docs/en"));
        Assert.NotNull(outputs.Find("/docs/en/about"));
        Assert.NotNull(outputs.Find("/docs/en/a.txt"));
    }

    [Fact]
    public async Task FunctionLink_ToAnotherFunction_SharesItsBundle()
    {
        _output
            .Function("__fallback")
            .Link("functions/api/echo.func", "../__fallback.func")
            .Link("functions/b.func", "api/echo.func");

        var deployment = await _output.DeployAsync();

        var bundle = Assert.Single(deployment.Bundles);
        Assert.Equal("__fallback", bundle.Name);
        Assert.Equal(["/__fallback", "/api/echo", "/b"], deployment.Functions.Select(static function => function.OutputPath));
        Assert.All(deployment.Functions, function => Assert.Same(bundle, function.Bundle));
    }

    [Fact]
    public async Task FunctionLink_ToADirectoryElsewhereInTheOutput_IsNamedByItsPath()
    {
        _output
            .File("shared/fn/.vc-config.json", OutputBuilder.NodeConfig)
            .File("shared/fn/index.js", "")
            .Link("functions/a.func", "../shared/fn");

        Assert.Equal("shared/fn", Assert.Single((await _output.DeployAsync()).Bundles).Name);
    }

    [Fact]
    public async Task NodeConfig_AllKeys_AreRead()
    {
        _output.Function(
            "a",
            """
            {"runtime":"nodejs22.x","handler":"./index.js","launcherType":"Nodejs","shouldAddHelpers":true,"shouldAddSourcemapSupport":true,
             "awsLambdaHandler":"handler","useWebApi":true,"supportsResponseStreaming":false,"supportsCancellation":true,"memory":1024,
             "maxDuration":60,"maxConcurrency":5,"environment":{"A":"1","B":""},"regions":["iad1"],"operationType":"API",
             "framework":{"slug":"nextjs","version":"16"},"architecture":"arm64","allowQuery":["q"],"supportsMultiPayloads":true,
             "experimentalAllowBundling":true,"shouldDisableAutomaticFetchInstrumentation":true,"functionFailoverRegions":["sfo1"]}
            """
        );

        var deployment = await _output.DeployAsync();

        Assert.Empty(deployment.UnknownKeys);
        var config = Assert.Single(deployment.Bundles).Config;
        Assert.Equal(FunctionKind.Node, config.Kind);
        Assert.Equal("nodejs22.x", config.Runtime);
        Assert.Equal("index.js", config.Handler);
        Assert.Equal("Nodejs", config.LauncherType);
        Assert.True(config.ShouldAddHelpers);
        Assert.True(config.ShouldAddSourcemapSupport);
        Assert.Equal("handler", config.AwsLambdaHandler);
        Assert.True(config.UseWebApi);
        Assert.False(config.SupportsResponseStreaming);
        Assert.True(config.SupportsCancellation);
        Assert.Equal(1024, config.Memory);
        Assert.Equal(TimeSpan.FromMinutes(1), config.MaxDuration);
        Assert.Equal(5, config.MaxConcurrency);
        Assert.Equal("1", config.Environment["A"]);
        Assert.Equal("", config.Environment["B"]);
        Assert.Equal(["iad1"], config.Regions);
        Assert.Equal("API", config.OperationType);
        Assert.Equal(new FrameworkInfo("nextjs", "16"), config.Framework);
        Assert.Equal("arm64", config.Architecture);
        Assert.Equal(["q"], config.AllowQuery);
    }

    [Fact]
    public async Task NodeConfig_OnlyWhatMustBe_HasDefaults()
    {
        _output.Function("a", """{"runtime":"nodejs24.x","handler":"index.js","awsLambdaHandler":"","memory":null}""");

        var config = Assert.Single((await _output.DeployAsync()).Bundles).Config;

        Assert.True(config.SupportsResponseStreaming);
        Assert.False(config.ShouldAddHelpers);
        Assert.Null(config.AwsLambdaHandler);
        Assert.Null(config.Memory);
        Assert.Null(config.MaxDuration);
        Assert.Empty(config.Environment);
    }

    [Fact]
    public async Task NodeConfig_MaxDurationMax_IsThePlatformsMaximum()
    {
        _output.Function("a", """{"runtime":"nodejs24.x","handler":"index.js","maxDuration":"max"}""");

        Assert.Equal(TimeSpan.FromSeconds(800), Assert.Single((await _output.DeployAsync()).Bundles).Config.MaxDuration);
    }

    [Fact]
    public async Task NodeConfig_OlderNameOfStreaming_Counts()
    {
        _output.Function("a", """{"runtime":"nodejs24.x","handler":"index.js","experimentalResponseStreaming":false}""");

        Assert.False(Assert.Single((await _output.DeployAsync()).Bundles).Config.SupportsResponseStreaming);
    }

    [Fact]
    public async Task EdgeConfig_AllKeys_AreRead()
    {
        _output
            .Function(
                "a",
                """
                {"runtime":"edge","entrypoint":"index.js","deploymentTarget":"v8-worker","name":"middleware","envVarsInUse":["A"],
                 "assets":[{"name":"wasm_1","path":"wasm/1.wasm"}],"environment":{"B":"2"},"regions":"all"}
                """
            )
            .File("functions/a.func/wasm/1.wasm", "");

        var config = Assert.Single((await _output.DeployAsync()).Bundles).Config;

        Assert.Equal(FunctionKind.Edge, config.Kind);
        Assert.Equal("index.js", config.Handler);
        Assert.Equal("v8-worker", config.DeploymentTarget);
        Assert.Equal("middleware", config.Name);
        Assert.Equal(["A"], config.EnvVarsInUse);
        Assert.Equal([new EdgeAsset("wasm_1", "wasm/1.wasm")], config.Assets);
        Assert.Equal(["all"], config.Regions);
    }

    [Theory]
    [InlineData("python3.12")]
    [InlineData("bun1.x")]
    [InlineData("container")]
    [InlineData("provided.al2023")]
    public async Task Config_OtherRuntime_IsAWarning(string runtime)
    {
        _output.Function("a", $$"""{"runtime":"{{runtime}}","handler":"vc__handler__python.vc_handler"}""");

        var deployment = await _output.DeployAsync();

        var config = Assert.Single(deployment.Bundles).Config;
        Assert.Equal(FunctionKind.Other, config.Kind);
        Assert.Equal("vc__handler__python.vc_handler", config.Handler);
        Assert.Contains(runtime, Assert.Single(deployment.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_BehindALinkInsideTheFunction_IsFound()
    {
        _output
            .File("functions/a.func/.vc-config.json", """{"runtime":"nodejs24.x","handler":"current/index.js"}""")
            .File("functions/a.func/v1/index.js", "")
            .Link("functions/a.func/current", "v1");

        Assert.NotNull((await _output.DeployAsync()).Outputs.Find("/a"));
    }

    [Fact]
    public async Task UnknownKey_InTwoFunctions_IsReportedOnce()
    {
        const string Config = """{"runtime":"nodejs24.x","handler":"index.js","flavour":"vanilla"}""";
        _output.Function("a", Config).Function("b", Config);

        Assert.Equal(["functions/a.func/.vc-config.json: flavour"], (await _output.DeployAsync()).UnknownKeys);
    }

    [Fact]
    public async Task OtherFiles_InFunctions_AreIgnored()
    {
        _output.File("functions/README.md", "").File("functions/a/b.prerender-fallback.html", "");

        Assert.Empty((await _output.DeployAsync()).Functions);
    }

    [Fact]
    public async Task Middleware_ThatIsAPrerender_IsAFault()
    {
        _output
            .Function("_middleware")
            .Prerender("_middleware", """{"expiration":1}""")
            .Config("""{"version":3,"routes":[{"src":"/.*","middlewarePath":"_middleware","continue":true}]}""");

        Assert.Equal("routes[0].middlewarePath", (await _output.FaultAsync()).Key);
    }

    [Fact]
    public async Task Middleware_NamedByARoute_IsFoundByItsOutputPath()
    {
        _output
            .Function("_middleware", OutputBuilder.EdgeConfig)
            .Config("""{"version":3,"routes":[{"src":"/.*","middlewarePath":"_middleware","continue":true}]}""");

        var deployment = await _output.DeployAsync();

        Assert.IsType<FunctionAsset>(deployment.Outputs.FindOutput("/_middleware"));
    }
}
