using System.Text.Json;
using Selvedge.Routing.Config;

namespace Selvedge.BuildOutput.Tests;

public sealed class PrerenderTests : IDisposable
{
    private readonly OutputBuilder _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task Prerender_BesideAFunction_ReplacesIt()
    {
        _output.Function("a").Prerender("a", """{"expiration":60}""");

        var deployment = await _output.DeployAsync();

        Assert.Empty(deployment.Functions);
        var prerender = Assert.IsType<PrerenderAsset>(deployment.Outputs.Find("/a"));
        Assert.Same(Assert.Single(deployment.Bundles), prerender.Bundle);
        Assert.Equal(TimeSpan.FromMinutes(1), prerender.Config.Expiration);
    }

    [Fact]
    public async Task Prerender_BesideALink_IsTheLinksAlone()
    {
        _output
            .Function("target")
            .Link("functions/blog/[slug].func", "../target.func")
            .Prerender("blog/[slug]", """{"expiration":1}""");

        var deployment = await _output.DeployAsync();

        Assert.IsType<FunctionAsset>(deployment.Outputs.Find("/target"));
        Assert.Equal("/blog/[slug]", Assert.IsType<PrerenderAsset>(deployment.Outputs.Find("/blog/[slug]")).OutputPath);
    }

    [Fact]
    public async Task Config_AllKeys_AreRead()
    {
        _output
            .Function("a")
            .File("functions/a.prerender-fallback.html", "<html>")
            .Prerender(
                "a",
                """
                {"type":"Prerender","expiration":false,"staleExpiration":4294967294,"group":7,"bypassToken":"0123456789abcdef0123456789abcdef",
                 "fallback":{"type":"FileFsRef","mode":33188,"fsPath":"a.prerender-fallback.html","contentType":"text/html; charset=utf-8"},
                 "initialHeaders":{"x-next-cache-tags":"a,%C3%BC","set-cookie":["a=1","b=2"]},"initialStatus":404,
                 "initialMetadata":{"compute":"static","htmlSize":6},"allowQuery":["slug"],"allowHeader":["host"],"passQuery":true,
                 "sourcePath":"/[slug]","experimentalBypassFor":[{"type":"header","key":"next-action"},
                 {"type":"header","key":"content-type","value":"multipart/form-data;.*"}],"experimentalStreamingLambdaPath":"resume",
                 "chain":{"outputPath":"a","headers":{"next-resume":"1"}},"exposeErrBody":true,"partialFallback":true}
                """
            );

        var deployment = await _output.DeployAsync();

        Assert.Empty(deployment.UnknownKeys);
        Assert.Empty(deployment.Warnings);
        var config = Assert.Single(deployment.Prerenders).Config;
        Assert.Null(config.Expiration);
        Assert.Equal(TimeSpan.FromSeconds(4294967294), config.StaleExpiration);
        Assert.Equal(7, config.Group);
        Assert.Equal("0123456789abcdef0123456789abcdef", config.BypassToken);
        Assert.Equal(
            [new("x-next-cache-tags", "a,%C3%BC"), new("set-cookie", "a=1"), new("set-cookie", "b=2")],
            config.InitialHeaders
        );
        Assert.Equal(404, config.InitialStatus);
        Assert.Equal("static", config.Compute);
        Assert.Equal(["slug"], config.AllowQuery);
        Assert.Equal(["host"], config.AllowHeader);
        Assert.True(config.PassQuery);
        Assert.Equal("/[slug]", config.SourcePath);
        Assert.Equal(
            [
                new() { Kind = ConditionKind.Header, Key = "next-action" },
                new ConditionConfig
                {
                    Kind = ConditionKind.Header,
                    Key = "content-type",
                    Pattern = "multipart/form-data;.*",
                },
            ],
            config.BypassFor
        );
        Assert.Equal("resume", config.StreamingFunctionPath);
        Assert.Equal("/a", config.Chain!.OutputPath);
        Assert.Equal([new("next-resume", "1")], config.Chain.Headers);
        Assert.True(config.ExposeErrorBody);
        Assert.True(config.PartialFallback);
        Assert.Equal(Path.Join(_output.Output, "functions/a.prerender-fallback.html"), config.Fallback!.FilePath);
        Assert.Equal(6, config.Fallback.Length);
        Assert.Equal("text/html; charset=utf-8", config.Fallback.ContentType);
    }

    [Fact]
    public async Task Config_OnlyExpiration_HasDefaults()
    {
        _output.Function("a").Prerender("a", """{"expiration":10,"fallback":null}""");

        var config = Assert.Single((await _output.DeployAsync()).Prerenders).Config;

        Assert.Null(config.StaleExpiration);
        Assert.Null(config.Group);
        Assert.Null(config.Fallback);
        Assert.Null(config.AllowQuery);
        Assert.False(config.PassQuery);
        Assert.Empty(config.BypassFor);
    }

    [Fact]
    public async Task Config_EmptyAllowQuery_DiffersFromNone()
    {
        _output.Function("a").Prerender("a", """{"expiration":10,"allowQuery":[]}""");

        Assert.Equal([], Assert.Single((await _output.DeployAsync()).Prerenders).Config.AllowQuery);
    }

    [Theory]
    [InlineData("\"b.html\"", "b.html")]
    [InlineData("\"../shared.html\"", "../shared.html")]
    [InlineData("""{"fsPath":"b.html"}""", "b.html")]
    public async Task Fallback_InEitherForm_IsRelativeToTheConfiguration(string fallback, string file)
    {
        _output
            .Function("dir/a")
            .File("functions/dir/" + file, "fallback")
            .Prerender("dir/a", $$"""{"expiration":10,"fallback":{{fallback}}}""");

        var found = Assert.Single((await _output.DeployAsync()).Prerenders).Config.Fallback;

        Assert.Equal(Path.GetFullPath(Path.Join(_output.Output, "functions/dir", file)), found!.FilePath);
        Assert.Equal("text/html; charset=utf-8", found.ContentType);
    }

    [Fact]
    public async Task Fallback_OfAPartialPrerender_KeepsItsContentType()
    {
        const string ContentType = "application/x-nextjs-pre-render; state-length=4; origin=\"text/html; charset=utf-8\"";
        _output
            .Function("a")
            .File("functions/a.html", "state<html>")
            .Prerender(
                "a",
                $$$"""{"expiration":10,"fallback":{"fsPath":"a.html","contentType":{{{JsonSerializer.Serialize(ContentType)}}} }}"""
            );

        var fallback = Assert.Single((await _output.DeployAsync()).Prerenders).Config.Fallback;

        Assert.Equal(ContentType, fallback!.ContentType);
    }

    [Fact]
    public async Task BypassToken_Short_IsAWarningThatKeepsIt()
    {
        _output.Function("a").Prerender("a", """{"expiration":10,"bypassToken":"s3cret"}""");

        var warning = Assert.Single((await _output.DeployAsync()).Warnings);

        Assert.Contains("bypassToken", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_AsText_DoesNotShowTheToken()
    {
        _output.Function("a").Prerender("a", """{"expiration":10,"bypassToken":"0123456789abcdef0123456789abcdef"}""");

        var text = Assert.Single((await _output.DeployAsync()).Prerenders).Config.ToString();

        Assert.DoesNotContain("0123456789abcdef", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("index")]
    [InlineData("/index")]
    public async Task Chain_ToTheRootPage_IsItsOutputPath(string outputPath)
    {
        _output.Function("index").Prerender("index", $$$"""{"expiration":10,"chain":{"outputPath":"{{{outputPath}}}"}}""");

        var deployment = await _output.DeployAsync();

        Assert.Empty(deployment.Warnings);
        Assert.NotNull(deployment.Outputs.FindOutput(Assert.Single(deployment.Prerenders).Config.Chain!.OutputPath));
    }

    [Fact]
    public async Task Chain_ToAMissingOutput_IsAWarning()
    {
        _output.Function("a").Prerender("a", """{"expiration":10,"chain":{"outputPath":"gone","headers":{}}}""");

        Assert.Contains("/gone", Assert.Single((await _output.DeployAsync()).Warnings), StringComparison.Ordinal);
    }
}
