using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Astro;

[Collection<AstroSite>]
public sealed class PageTests(AstroSite site)
{
    [Fact]
    public async Task Page_IsRenderedForEachRequest()
    {
        var answer = await site.GetAsync("/", ("x-probe", "thread"));

        Assert.Equal(200, answer.Status);
        Assert.Equal("text/html", answer["content-type"]);
        Assert.Equal("MISS", answer["x-vercel-cache"]);
        Assert.Equal("yes", answer["x-home"]);
        Assert.Contains("woven:thread<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_KnowsTheUrlThatTheClientAskedFor()
    {
        var answer = await site.GetAsync("/?a=1", ("host", "shop.example.com"));

        Assert.Contains("url:http://shop.example.com/?a=1<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_KnowsTheClientsAddress_WhateverTheClientSays()
    {
        var answer = await site.GetAsync("/", ("x-forwarded-for", "203.0.113.9"));

        Assert.Contains("address:127.0.0.1<", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/posts/hello", "post:hello<")]
    [InlineData("/posts/hello?color=red", "color:red<")]
    [InlineData("/posts/caf%C3%A9", "post:café<")]
    [InlineData("/files/a/b/c", "files:a|b|c<")]
    [InlineData("/files", "files:<")]
    public async Task Page_OfARouteWithParameters_HasThem(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/about", "page:about<")]
    [InlineData("/items/listed", "item:listed<")]
    public async Task StaticPage_IsAFile(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Equal("text/html; charset=utf-8", answer["content-type"]);
        Assert.Equal("HIT", answer["x-vercel-cache"]);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ToHead_HasTheHeadersAndNoBody()
    {
        var answer = await site.Client.AnswerAsync(HttpMethod.Head, "/", content: null);

        Assert.Equal(200, answer.Status);
        Assert.Equal("yes", answer["x-home"]);
        Assert.Empty(answer.Bytes);
    }

    [Fact]
    public async Task Form_IsAnsweredByThePage()
    {
        using var form = new FormUrlEncodedContent([new("thread", "blue & white")]);

        var answer = await site.PostAsync("/form", form);

        Assert.Equal(200, answer.Status);
        Assert.Contains("thread:blue &amp; white<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_FromAnotherSite_IsRefused()
    {
        using var form = new FormUrlEncodedContent([new("thread", "blue")]);

        var answer = await site.Client.AnswerAsync(HttpMethod.Post, "/form", form, ("origin", "http://elsewhere.example"));

        Assert.Equal(403, answer.Status);
    }
}
