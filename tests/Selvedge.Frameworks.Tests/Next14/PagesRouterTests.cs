using System.Net.Http.Json;
using System.Text.Json;

namespace Selvedge.Frameworks.Tests.Next14;

[Collection<Next14Site>]
public sealed class PagesRouterTests(Next14Site site)
{
    [Fact]
    public async Task Page_HasItsServerSideProps()
    {
        var answer = await site.GetAsync("/p/ssr/7?color=red", ("x-probe", "thread"), ("cookie", "thread=blue"));

        Assert.Equal(200, answer.Status);
        Assert.Contains("ssr:7<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("color:red<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("header:thread<", answer.Body, StringComparison.Ordinal);
        Assert.Equal(["one=1; Path=/", "two=blue; Path=/"], answer.All("set-cookie"));
    }

    [Theory]
    [InlineData("/p/isr", "p:isr<")]
    [InlineData("/p/closed/listed", "closed:listed<")]
    [InlineData("/p/shell/built", "shell:built<")]
    public async Task Page_WithStaticProps_IsServed(string path, string expected)
    {
        var answer = await site.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ThatIsNotListed_Is404() => Assert.Equal(404, (await site.GetAsync("/p/closed/unlisted")).Status);

    [Theory]
    [InlineData("p/ssr/7.json?color=red", "\"color\":\"red\"")]
    [InlineData("p/isr.json", "\"render\":\"")]
    [InlineData("p/shell/later.json", "\"slug\":\"later\"")]
    public async Task Data_IsThePropsOfThePage(string path, string expected)
    {
        var answer = await site.GetAsync($"/_next/data/woven/{path}", ("x-nextjs-data", "1"));

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("application/json", answer["content-type"], StringComparison.Ordinal);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApiRoute_HasTheHelpersOfNext()
    {
        var answer = await site.GetAsync("/api/legacy?a=1&a=2&b=3", ("cookie", "thread=red"));

        var json = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal((200, "yes"), (answer.Status, answer["x-legacy-api"]));
        Assert.Equal("""{"a":["1","2"],"b":"3"}""", json.GetProperty("query").GetRawText());
        Assert.Equal("""{"thread":"red"}""", json.GetProperty("cookies").GetRawText());
    }

    [Fact]
    public async Task ApiRoute_Post_ParsesTheBody()
    {
        using var body = JsonContent.Create(new { warp = new[] { 1, 2 } });

        var answer = await site.PostAsync("/api/legacy", body);

        Assert.Equal(201, answer.Status);
        Assert.Equal("""{"warp":[1,2]}""", JsonDocument.Parse(answer.Body).RootElement.GetProperty("body").GetRawText());
    }
}
