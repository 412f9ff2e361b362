using Selvedge.BuildOutput;
using Selvedge.Server.Images;

namespace Selvedge.Server.Tests.Images;

public sealed class ImagePolicyTests
{
    private static readonly ImagePolicy Policy = new(
        new ImagesConfig
        {
            Sizes = [64, 640],
            Domains = ["cdn.example"],
            RemotePatterns = [new("https", @"^(?:^(?:[^/]*\.img\.example)$)$", "", @"^(?:\/public\/.*)$", null)],
        }
    );

    [Theory]
    [InlineData("url=%2Fa.png&w=64&q=75", "/a.png")]
    [InlineData("url=%2Fa.png%3Fv%3D1&w=640&q=1&dpl=x", "/a.png")]
    [InlineData("url=_astro%2Fa.png&w=64&q=100", "/_astro/a.png")]
    [InlineData("url=%2Fa%20b.png&w=64&q=75", "/a%20b.png")]
    [InlineData("url=%2Fx%2F..%2Fa.png&w=64&q=75", "/a.png")]
    public void Judge_PathOfTheSite_IsAllowed(string query, string path)
    {
        var asked = Policy.Judge(query);

        Assert.Equal(ImageRefusal.None, asked.Refusal);
        Assert.Equal(path, asked.Local?.Path);
    }

    [Theory]
    [InlineData("http://cdn.example/a.png")]
    [InlineData("https://CDN.example:8443/a.png?x=1")]
    [InlineData("https://a.img.example/public/a.png")]
    public void Judge_SiteThatIsListed_IsAllowed(string url)
    {
        var asked = Policy.Judge($"url={Uri.EscapeDataString(url)}&w=64&q=75");

        Assert.Equal(ImageRefusal.None, asked.Refusal);
        Assert.Equal(new Uri(url), asked.Remote);
    }

    [Theory]
    [InlineData("http://a.img.example/public/a.png")]
    [InlineData("https://a.img.example:444/public/a.png")]
    [InlineData("https://a.img.example/private/a.png")]
    [InlineData("https://a.img.example.evil.test/public/a.png")]
    [InlineData("https://sub.cdn.example/a.png")]
    public void Judge_SiteThatIsNotListed_IsRefused(string url) =>
        Assert.Equal(ImageRefusal.UrlNotAllowed, Policy.Judge($"url={Uri.EscapeDataString(url)}&w=64&q=75").Refusal);

    [Theory]
    [InlineData("")]
    [InlineData("//evil.test/a.png")]
    [InlineData("/\\evil.test/a.png")]
    [InlineData("/\t/evil.test/a.png")]
    [InlineData("\\\\evil.test/a.png")]
    [InlineData("ftp://cdn.example/a.png")]
    [InlineData("https://user@cdn.example/a.png")]
    [InlineData("javascript://cdn.example/%0Aalert(1)")]
    [InlineData("/_next/image?url=%2Fa.png&w=64&q=75")]
    [InlineData("/docs/_next/image")]
    [InlineData("/_vercel/image")]
    public void Judge_UrlThatIsNone_IsRefused(string url) =>
        Assert.Equal(ImageRefusal.UrlInvalid, Policy.Judge($"url={Uri.EscapeDataString(url)}&w=64&q=75").Refusal);

    [Theory]
    [InlineData("w=64&q=75", ImageRefusal.UrlInvalid)]
    [InlineData("url=%2Fa.png&url=%2Fb.png&w=64&q=75", ImageRefusal.UrlInvalid)]
    [InlineData("url=%2Fa.png&q=75", ImageRefusal.WidthNotAllowed)]
    [InlineData("url=%2Fa.png&w=65&q=75", ImageRefusal.WidthNotAllowed)]
    [InlineData("url=%2Fa.png&w=64&w=64&q=75", ImageRefusal.WidthNotAllowed)]
    [InlineData("url=%2Fa.png&w=+64&q=75", ImageRefusal.WidthNotAllowed)]
    [InlineData("url=%2Fa.png&w=64", ImageRefusal.QualityNotAllowed)]
    [InlineData("url=%2Fa.png&w=64&q=0", ImageRefusal.QualityNotAllowed)]
    [InlineData("url=%2Fa.png&w=64&q=101", ImageRefusal.QualityNotAllowed)]
    public void Judge_ParameterThatIsNotAllowed_SaysWhich(string query, object refusal) =>
        Assert.Equal(refusal, Policy.Judge(query).Refusal);

    [Fact]
    public void Judge_QualitiesAndLocalPatterns_NarrowWhatIsAllowed()
    {
        var policy = new ImagePolicy(
            new ImagesConfig
            {
                Sizes = [64],
                Qualities = [75],
                LocalPatterns = [new(null, null, null, @"^(?:\/img\/.*)$", "")],
            }
        );

        Assert.Equal(ImageRefusal.None, policy.Judge("url=%2Fimg%2Fa.png&w=64&q=75").Refusal);
        Assert.Equal(ImageRefusal.UrlNotAllowed, policy.Judge("url=%2Fimg%2Fa.png%3Fv%3D1&w=64&q=75").Refusal);
        Assert.Equal(ImageRefusal.UrlNotAllowed, policy.Judge("url=%2Fimg%2F..%2Fa.png&w=64&q=75").Refusal);
        Assert.Equal(ImageRefusal.QualityNotAllowed, policy.Judge("url=%2Fimg%2Fa.png&w=64&q=80").Refusal);
    }

    [Fact]
    public void Judge_PatternThatCannotBeRead_AllowsNothing()
    {
        var policy = new ImagePolicy(new ImagesConfig { Sizes = [64], LocalPatterns = [new(null, null, null, "(", null)] });

        Assert.Equal(ImageRefusal.UrlNotAllowed, policy.Judge("url=%2Fa.png&w=64&q=75").Refusal);
    }
}
