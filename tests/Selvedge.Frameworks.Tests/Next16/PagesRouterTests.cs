using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests.Next16;

public sealed partial class PagesRouterTests(NextSite site)
{
    [Fact]
    public async Task Page_HasItsServerSideProps()
    {
        var answer = await site.GetAsync("/legacy/7?color=red", ("x-probe", "thread"));

        Assert.Equal(200, answer.Status);
        Assert.Equal("props", answer["x-legacy"]);
        Assert.Contains("legacy:7<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("color:red<", answer.Body, StringComparison.Ordinal);
        Assert.Contains("header:thread<", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithStaticProps_IsServed()
    {
        var answer = await site.GetAsync("/legacy/isr");

        Assert.Equal(200, answer.Status);
        Assert.Contains("legacy:isr<", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("legacy/7.json?color=red", "\"color\":\"red\"")]
    [InlineData("legacy/isr.json", "\"render\":\"")]
    public async Task Data_IsThePropsOfThePage(string path, string expected)
    {
        var build = BuildId().Match((await site.GetAsync("/legacy/7")).Body).Groups[1].Value;

        var answer = await site.GetAsync($"/_next/data/{build}/{path}", ("x-nextjs-data", "1"));

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("application/json", answer["content-type"], StringComparison.Ordinal);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApiRoute_HasTheHelpersOfNext()
    {
        var answer = await site.GetAsync("/api/legacy?a=1&a=2&b=3", ("cookie", "thread=red"));

        var json = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal(200, answer.Status);
        Assert.Equal("yes", answer["x-legacy-api"]);
        Assert.Equal("""{"a":["1","2"],"b":"3"}""", json.GetProperty("query").GetRawText());
        Assert.Equal("""{"thread":"red"}""", json.GetProperty("cookies").GetRawText());
    }

    [Fact]
    public async Task ApiRoute_Post_ParsesTheBody()
    {
        using var body = new StringContent("""{"warp":[1,2]}""", Encoding.UTF8, "application/json");

        var answer = await site.Client.AnswerAsync(HttpMethod.Post, "/api/legacy", body);

        Assert.Equal(201, answer.Status);
        Assert.Equal("""{"warp":[1,2]}""", JsonDocument.Parse(answer.Body).RootElement.GetProperty("body").GetRawText());
    }

    [GeneratedRegex("\"buildId\":\"([^\"]+)\"")]
    private static partial Regex BuildId();
}
