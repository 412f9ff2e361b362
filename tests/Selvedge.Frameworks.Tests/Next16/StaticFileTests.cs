using System.Text.RegularExpressions;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Next16;

public sealed partial class StaticFileTests(NextSite site)
{
    [Fact]
    public async Task HashedAsset_IsImmutable()
    {
        var page = await site.GetAsync("/");
        var asset = Assert.IsType<string>(ScriptPath().Match(page.Body).Value);

        var answer = await site.GetAsync(asset);

        Assert.Equal(200, answer.Status);
        Assert.Equal("public,max-age=31536000,immutable", answer["cache-control"]);
        Assert.Contains("javascript", answer["content-type"], StringComparison.Ordinal);
        Assert.Equal("HIT", answer["x-vercel-cache"]);
    }

    [Fact]
    public async Task MissingAsset_Is404Text_NotAPage()
    {
        var answer = await site.GetAsync("/_next/static/chunks/no-such-chunk.js");

        Assert.Equal(404, answer.Status);
        Assert.StartsWith("text/plain", answer["content-type"], StringComparison.Ordinal);
        Assert.DoesNotContain("<html", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublicFile_KeepsTheBrowserAsking()
    {
        var answer = await site.GetAsync("/kibibyte.txt");

        Assert.Equal(200, answer.Status);
        Assert.Equal(1024, answer.Bytes.Length);
        Assert.Equal("public, max-age=0, must-revalidate", answer["cache-control"]);
        Assert.Equal("HIT", answer["x-vercel-cache"]);
    }

    [Fact]
    public async Task PublicFile_WithItsEtag_Is304()
    {
        var first = await site.GetAsync("/kibibyte.txt");

        var second = await site.GetAsync("/kibibyte.txt", ("if-none-match", first["etag"]!));

        Assert.Equal(304, second.Status);
        Assert.Empty(second.Bytes);
        Assert.Equal(first["etag"], second["etag"]);
    }

    [Fact]
    public async Task LargeFile_IsWhole()
    {
        var answer = await site.GetAsync("/large.bin");

        Assert.Equal(3 * 1024 * 1024, answer.Bytes.Length);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(site.App, "public", "large.bin")), answer.Bytes);
    }

    [Fact]
    public async Task LargeFile_Range_IsThatRange()
    {
        // Every line of 64 bytes ends with its own offset.
        var answer = await site.GetAsync("/large.bin", ("range", "bytes=1048576-1048639"));

        Assert.Equal(206, answer.Status);
        Assert.Equal("bytes 1048576-1048639/3145728", answer["content-range"]);
        Assert.EndsWith("1048576\n", answer.Body, StringComparison.Ordinal);
        Assert.Equal(64, answer.Bytes.Length);
    }

    [Fact]
    public async Task LargeFile_Head_HasLengthAndNoBody()
    {
        var answer = await site.Client.AnswerAsync(HttpMethod.Head, "/large.bin", content: null);

        Assert.Equal(200, answer.Status);
        Assert.Equal("3145728", answer["content-length"]);
        Assert.Empty(answer.Bytes);
    }

    [Fact]
    public async Task EncodedName_IsFound()
    {
        var answer = await site.GetAsync("/with%20space/na%C3%AFve%20file.txt");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("A file whose name", answer.Body, StringComparison.Ordinal);
    }

    [GeneratedRegex("/_next/static/chunks/[^\"]+\\.js")]
    private static partial Regex ScriptPath();
}
