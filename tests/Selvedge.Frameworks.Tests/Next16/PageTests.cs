using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Next16;

public sealed partial class PageTests(NextSite site)
{
    [Theory]
    [InlineData("/", "page:home")]
    [InlineData("/static", "page:static")]
    [InlineData("/isr", "page:isr")]
    [InlineData("/isr/built", "isr:built")]
    [InlineData("/isr/on-demand", "isr:on-demand")]
    public async Task PrerenderedPage_IsServed(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Equal("text/html; charset=utf-8", answer["content-type"]);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerRenderedPage_SeesTheRequest()
    {
        var answer = await site.GetAsync("/dynamic?b=2&a=1&a=3", ("x-probe", "thread"));

        Assert.Equal(200, answer.Status);
        Assert.Contains("header:thread", answer.Body, StringComparison.Ordinal);
        Assert.Contains("query:a=1|3&amp;b=2<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerRenderedPage_IsRenderedForEveryRequest()
    {
        var first = await site.GetAsync("/dynamic");
        var second = await site.GetAsync("/dynamic");

        Assert.NotEqual(Render(first.Body), Render(second.Body));
        Assert.Equal("MISS", first["x-vercel-cache"]);
        Assert.Equal("MISS", second["x-vercel-cache"]);
    }

    [Theory]
    [InlineData("/posts/hello", "post:hello<")]
    [InlineData("/posts/caf%C3%A9%20au%20lait", "post:café au lait<")]
    [InlineData("/posts/a%2Fb", "post:a/b<")]
    [InlineData("/posts/50%25", "post:50%<")]
    [InlineData("/posts/a+b", "post:a+b<")]
    [InlineData("/posts/a&b=c", "post:a&amp;b=c<")]
    public async Task DynamicSegment_IsTheParameter(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DynamicSegment_LeavesNoTraceOfRoutingInTheQuery()
    {
        var answer = await site.GetAsync("/posts/hello?own=1");

        Assert.Contains("query:[&quot;own&quot;]", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs", "docs:none<")]
    [InlineData("/docs/a", "docs:a<")]
    [InlineData("/docs/a/b/c", "docs:a|b|c<")]
    public async Task OptionalCatchAll_HoldsEverySegment(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/files/a", "files:a<")]
    [InlineData("/files/a/b.txt", "files:a|b.txt<")]
    public async Task CatchAll_HoldsEverySegment(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CatchAll_WithoutSegments_Is404() => Assert.Equal(404, (await site.GetAsync("/files")).Status);

    [Fact]
    public async Task ServerAction_PostedAsAForm_Runs()
    {
        var page = await site.GetAsync("/action");
        var action = ActionId().Match(page.Body).Value;
        Assert.NotEmpty(action);
        using var form = Form((action, ""), ("name", "weft"));

        var answer = await site.Client.AnswerAsync(HttpMethod.Post, "/action", form);

        Assert.Equal(303, answer.Status);
        Assert.Equal("/posts/weft", answer["location"]);
    }

    /// <summary>A form as browsers send it: names in quotes, and no content type for a field.</summary>
    private static ByteArrayContent Form(params IEnumerable<(string Name, string Value)> fields)
    {
        const string Boundary = "----WebKitFormBoundarySelvedge";
        var parts = fields.Select(field =>
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{field.Name}\"\r\n\r\n{field.Value}\r\n"
        );
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes($"{string.Concat(parts)}--{Boundary}--\r\n"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={Boundary}");
        return content;
    }

    private static string Render(string body) => RenderId().Match(body).Groups[1].Value;

    [GeneratedRegex("render:([0-9a-f-]{36})")]
    private static partial Regex RenderId();

    [GeneratedRegex(@"\$ACTION_ID_[0-9a-f]+")]
    private static partial Regex ActionId();
}
