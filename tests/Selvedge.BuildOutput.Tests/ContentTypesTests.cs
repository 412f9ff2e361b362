using Selvedge.BuildOutput.StaticFiles;

namespace Selvedge.BuildOutput.Tests;

public sealed class ContentTypesTests
{
    [Theory]
    [InlineData("a.html", "text/html; charset=utf-8")]
    [InlineData("A.HTML", "text/html; charset=utf-8")]
    [InlineData("a.css", "text/css; charset=utf-8")]
    [InlineData("a.js", "text/javascript; charset=utf-8")]
    [InlineData("a.mjs", "text/javascript; charset=utf-8")]
    [InlineData("a.json", "application/json; charset=utf-8")]
    [InlineData("a.js.map", "application/json; charset=utf-8")]
    [InlineData("a.webmanifest", "application/manifest+json; charset=utf-8")]
    [InlineData("a.svg", "image/svg+xml; charset=utf-8")]
    [InlineData("sitemap.xml", "application/xml; charset=utf-8")]
    [InlineData("robots.txt", "text/plain; charset=utf-8")]
    [InlineData("a.rsc", "text/x-component; charset=utf-8")]
    [InlineData("a.ico", "image/x-icon")]
    [InlineData("a.png", "image/png")]
    [InlineData("a.avif", "image/avif")]
    [InlineData("a.webp", "image/webp")]
    [InlineData("a.woff2", "font/woff2")]
    [InlineData("a.wasm", "application/wasm")]
    [InlineData("a.unheardof", "application/octet-stream")]
    [InlineData("LICENSE", "application/octet-stream")]
    [InlineData(".well-known", "application/octet-stream")]
    public void Of_FileName_IsTheTypeOfItsExtension(string fileName, string contentType) =>
        Assert.Equal(contentType, ContentTypes.Of(fileName));

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/html; charset=utf-8")]
    [InlineData("application/x-nextjs-pre-render; state-length=2197; origin=\"text/html; charset=utf-8\"")]
    public void IsValid_MediaType_IsTrue(string contentType) => Assert.True(ContentTypes.IsValid(contentType));

    [Theory]
    [InlineData("")]
    [InlineData("html")]
    [InlineData("/html")]
    [InlineData("text/html\r\nset-cookie: a=b")]
    [InlineData("text/html\0")]
    [InlineData("text/ümlaut")]
    public void IsValid_AnythingElse_IsFalse(string contentType) => Assert.False(ContentTypes.IsValid(contentType));
}
