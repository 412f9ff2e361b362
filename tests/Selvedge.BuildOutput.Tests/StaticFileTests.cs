using System.Security.Cryptography;
using System.Text;

namespace Selvedge.BuildOutput.Tests;

public sealed class StaticFileTests : IDisposable
{
    private readonly OutputBuilder _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task StaticFile_Read_HasLengthTagTypeAndDate()
    {
        _output.Static("a/b.css", "body{}");
        var path = Path.Join(_output.Output, "static/a/b.css");
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc));

        var asset = Assert.Single((await _output.DeployAsync()).StaticAssets);

        Assert.Equal("/a/b.css", asset.OutputPath);
        Assert.Equal(path, asset.FilePath);
        Assert.Equal(6, asset.Length);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("body{}")));
        Assert.Equal($"\"{sha256[..32]}\"", asset.ETag);
        Assert.Equal("text/css; charset=utf-8", asset.ContentType);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), asset.LastModified);
    }

    [Fact]
    public async Task StaticFile_LargerThanABuffer_IsHashedWhole()
    {
        var content = new byte[1_000_003];
        new Random(1).NextBytes(content);
        _output.File("static/large.bin", content);

        var asset = Assert.Single((await _output.DeployAsync()).StaticAssets);

        Assert.Equal(content.Length, asset.Length);
        Assert.StartsWith("\"" + Convert.ToHexStringLower(SHA256.HashData(content))[..32], asset.ETag, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".well-known/security.txt")]
    [InlineData("docs/[id]/(group)/$x:y!.txt")]
    [InlineData("with space/ü.txt")]
    public async Task StaticFile_OddName_IsServedAtItsEncodedPath(string path)
    {
        _output.Static(path);

        var deployment = await _output.DeployAsync();

        var url = "/" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        Assert.Equal("/" + path, deployment.Outputs.Find(url)?.OutputPath);
    }

    [Fact]
    public async Task Override_WithPath_MovesTheFile()
    {
        _output.Static("another.html").Config("""{"version":3,"routes":[],"overrides":{"another.html":{"path":"another"}}}""");

        var deployment = await _output.DeployAsync();

        var asset = Assert.IsType<StaticAsset>(deployment.Outputs.Find("/another"));
        Assert.Equal("text/html; charset=utf-8", asset.ContentType);
        Assert.Null(deployment.Outputs.Find("/another.html"));
    }

    [Theory]
    [InlineData("/another")]
    [InlineData("another/")]
    [InlineData("./x/../another")]
    public async Task Override_WithPathInAnotherForm_MeansTheSame(string path)
    {
        _output.Static("a.html").Config($$$$"""{"version":3,"routes":[],"overrides":{"a.html":{"path":"{{{{path}}}}"}}}""");

        Assert.NotNull((await _output.DeployAsync()).Outputs.Find("/another"));
    }

    [Fact]
    public async Task Override_WithContentType_ReplacesTheType()
    {
        _output
            .Static("_next/static/not-found.txt")
            .Config("""{"version":3,"routes":[],"overrides":{"_next/static/not-found.txt":{"contentType":"text/plain"}}}""");

        var asset = Assert.IsType<StaticAsset>((await _output.DeployAsync()).Outputs.Find("/_next/static/not-found.txt"));

        Assert.Equal("text/plain", asset.ContentType);
    }

    [Fact]
    public async Task Override_WithEmptyPath_LeavesTheFile()
    {
        _output.Static("a.html").Config("""{"version":3,"routes":[],"overrides":{"a.html":{"path":"","mode":33188}}}""");

        Assert.NotNull((await _output.DeployAsync()).Outputs.Find("/a.html"));
    }

    [Fact]
    public async Task Overrides_OfOneAnother_ApplyInOrder()
    {
        _output
            .Static("a.html", "a")
            .Static("b.html", "b")
            .Config("""{"version":3,"routes":[],"overrides":{"a.html":{"path":"c"},"c":{"path":"d"},"b.html":{"path":"c"}}}""");

        var deployment = await _output.DeployAsync();

        Assert.Equal(["/c", "/d"], deployment.StaticAssets.Select(static asset => asset.OutputPath));
        Assert.EndsWith("a.html", ((StaticAsset)deployment.Outputs.Find("/d")!).FilePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Override_OfAMissingFile_IsAWarning()
    {
        _output.Config("""{"version":3,"routes":[],"overrides":{"gone.html":{"path":"gone"}}}""");

        var warning = Assert.Single((await _output.DeployAsync()).Warnings);

        Assert.Contains("gone.html", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Override_OntoAnotherFile_ReplacesItWithAWarning()
    {
        _output
            .Static("a.html", "a")
            .Static("b", "b")
            .Config("""{"version":3,"routes":[],"overrides":{"a.html":{"path":"b"}}}""");

        var deployment = await _output.DeployAsync();

        Assert.EndsWith("a.html", Assert.Single(deployment.StaticAssets).FilePath, StringComparison.Ordinal);
        Assert.Contains("static/b", Assert.Single(deployment.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StaticLink_InsideTheOutput_IsServedUnderItsOwnPath()
    {
        _output.Static("a.txt").Link("static/b.html", "a.txt").Link("static/dir", "../static2").File("static2/c.txt", "c");

        var deployment = await _output.DeployAsync();

        var link = Assert.IsType<StaticAsset>(deployment.Outputs.Find("/b.html"));
        Assert.Equal(Path.Join(_output.Output, "static/a.txt"), link.FilePath);
        Assert.Equal("text/html; charset=utf-8", link.ContentType);
        Assert.NotNull(deployment.Outputs.Find("/dir/c.txt"));
    }

    [Fact]
    public async Task StaticFile_AtAFunctionsPath_WinsWithAWarning()
    {
        _output.Static("a").Function("a");

        var deployment = await _output.DeployAsync();

        Assert.IsType<StaticAsset>(deployment.Outputs.Find("/a"));
        Assert.Empty(deployment.Functions);
        Assert.Contains("functions/a.func", Assert.Single(deployment.Warnings), StringComparison.Ordinal);
    }
}
