using System.Text.RegularExpressions;

namespace Selvedge.Frameworks.Tests.Next16I18n;

[Collection<NextI18nSite>]
public sealed partial class StaticFileTests(NextI18nSite site)
{
    [Theory]
    [InlineData("/docs/hello.txt")]
    [InlineData("/docs/fr/hello.txt")]
    public async Task PublicFile_IsServedUnderTheBasePathInAnyLanguage(string path)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal("A public file under the base path.\n", answer.Body);
        Assert.Equal("public, max-age=0, must-revalidate", answer["cache-control"]);
    }

    [Fact]
    public async Task PublicFile_OutsideTheBasePath_IsNotFound() => Assert.Equal(404, (await site.GetAsync("/hello.txt")).Status);

    [Fact]
    public async Task HashedAsset_IsImmutable()
    {
        var page = await site.GetAsync("/docs/about/");

        var answer = await site.GetAsync(ScriptPath().Match(page.Body).Value);

        Assert.Equal(200, answer.Status);
        Assert.Equal("public,max-age=31536000,immutable", answer["cache-control"]);
        Assert.Contains("javascript", answer["content-type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingAsset_Is404Text_NotAPage()
    {
        var answer = await site.GetAsync("/docs/_next/static/chunks/no-such-chunk.js");

        Assert.Equal(404, answer.Status);
        Assert.StartsWith("text/plain", answer["content-type"], StringComparison.Ordinal);
    }

    [GeneratedRegex("/docs/_next/static/chunks/[^\"]+\\.js")]
    private static partial Regex ScriptPath();
}
