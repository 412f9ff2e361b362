using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Svelte;

[Collection<SvelteSite>]
public sealed class PageTests(SvelteSite site)
{
    [Fact]
    public async Task Page_IsRenderedForEachRequest()
    {
        var answer = await site.GetAsync("/", ("x-probe", "thread"));

        Assert.Equal(200, answer.Status);
        Assert.Equal("text/html", answer["content-type"]);
        Assert.Equal("MISS", answer["x-vercel-cache"]);
        Assert.Contains("probe:thread<", answer.Body, StringComparison.Ordinal);
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
    [InlineData("/items/7", "item:7<")]
    [InlineData("/items/7?color=red", "color:red<")]
    [InlineData("/posts/hello", "post:hello<")]
    [InlineData("/posts/caf%C3%A9", "post:café<")]
    [InlineData("/files/a/b/c", "files:a|b|c<")]
    [InlineData("/files", "files:<")]
    [InlineData("/lang/greet", "greet:none<")]
    [InlineData("/lang/nl/greet", "greet:nl<")]
    [InlineData("/grouped", "page:grouped<")]
    public async Task Page_OfARouteWithParameters_HasThem(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WhoseParameterDoesNotMatch_IsTheAppsOwn404()
    {
        var answer = await site.GetAsync("/items/seven");

        Assert.Equal(404, answer.Status);
        Assert.Contains("error:404:Not Found<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ThatSetsHeaders_KeepsThem()
    {
        var answer = await site.GetAsync("/posts/hello");

        Assert.Equal("private, max-age=60", answer["cache-control"]);
        Assert.Equal("hello", answer["x-post"]);
    }

    [Fact]
    public async Task Page_ToHead_HasTheHeadersAndNoBody()
    {
        var answer = await site.Client.AnswerAsync(HttpMethod.Head, "/posts/hello", content: null);

        Assert.Equal(200, answer.Status);
        Assert.Equal("hello", answer["x-post"]);
        Assert.Empty(answer.Bytes);
    }

    [Fact]
    public async Task Page_WithAnEtagTheClientHas_Is304()
    {
        var first = await site.GetAsync("/grouped");

        var second = await site.GetAsync("/grouped", ("if-none-match", first["etag"]!));

        Assert.Equal(304, second.Status);
        Assert.Empty(second.Bytes);
    }
}
