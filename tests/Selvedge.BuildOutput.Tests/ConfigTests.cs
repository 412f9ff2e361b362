namespace Selvedge.BuildOutput.Tests;

public sealed class ConfigTests : IDisposable
{
    private readonly OutputBuilder _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task Config_OnlyWhatMustBe_IsAnEmptyDeployment()
    {
        var deployment = await _output.DeployAsync();

        Assert.Empty(deployment.StaticAssets);
        Assert.Empty(deployment.Bundles);
        Assert.Empty(deployment.Crons);
        Assert.Null(deployment.Framework);
        Assert.Null(deployment.DeploymentId);
    }

    [Fact]
    public async Task Config_OfAFailedBuild_SaysSo()
    {
        _output.Config("""{"version":3}""");

        var fault = await _output.FaultAsync();

        Assert.Equal(("config.json", "routes"), (fault.File, fault.Key));
        Assert.Contains("failed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_CutOff_SaysWhere()
    {
        _output.Config("{\"version\":3,\n\"routes\":[{\"src\"");

        Assert.Contains("line 2, column 17", (await _output.FaultAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_UnknownKeys_AreReportedOnceWithTheFile()
    {
        _output.Config(
            """{"version":3,"flavour":1,"routes":[{"src":"/a","status":404,"smell":1},{"src":"/b","status":404,"smell":2}],"images":{"sizes":[1],"colour":1}}"""
        );

        Assert.Equal(
            ["config.json: colour", "config.json: flavour", "config.json: smell"],
            (await _output.DeployAsync())
                .UnknownKeys.Select(static key =>
                    key.Replace("routes[].", "", StringComparison.Ordinal).Replace("images.", "", StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Config_WithServices_IsAWarning()
    {
        _output.Config("""{"version":3,"routes":[],"experimentalServicesV2":{"a":{}}}""");

        Assert.Contains(
            "experimentalServicesV2",
            Assert.Single((await _output.DeployAsync()).Warnings),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Output_WithSeveralThingsWrong_HasAllFaultsAtOnce()
    {
        _output
            .Config("""{"version":2,"routes":[{"src":"(","status":404}],"deploymentId":"!"}""")
            .Link("static/a", "gone")
            .Function("f", """{"runtime":"nodejs24.x","handler":"gone.js"}""")
            .Function("p")
            .Prerender("p", "{}");

        var faults = (await _output.ReadAsync()).Faults.Select(static fault => $"{fault.File}: {fault.Key}");

        Assert.Equal(
            [
                "config.json: deploymentId",
                "config.json: routes[0].src",
                "config.json: version",
                "functions/f.func/.vc-config.json: handler",
                "functions/p.prerender-config.json: expiration",
                "static/a: ",
            ],
            faults.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Faults_MoreThanAllowed_AreCounted()
    {
        for (var i = 0; i < 7; i++)
            _output.Link($"static/{i}", "gone");

        var faults = (await _output.ReadAsync(_output.Options with { Limits = new() { MaxFaults = 5 } })).Faults;

        Assert.Equal(6, faults.Count);
        Assert.Contains("2 more", faults[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_LargerThanAllowed_IsAFault()
    {
        var fault = await _output.FaultAsync(_output.Options with { Limits = new() { MaxConfigBytes = 10 } });

        Assert.Equal("config.json", fault.File);
        Assert.Contains("10", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_WithMoreFilesThanAllowed_IsOneFault()
    {
        for (var i = 0; i < 5; i++)
            _output.Static($"{i}/{i}");
        _output.Function("a").Function("b");

        var fault = await _output.FaultAsync(_output.Options with { Limits = new() { MaxEntries = 5 } });

        Assert.StartsWith("static", fault.File, StringComparison.Ordinal);
    }
}
