using Microsoft.AspNetCore.Http;
using Selvedge.Server.Streams;

namespace Selvedge.Server.Tests.Streams;

/// <summary>What a request shows is taken out of it.</summary>
public sealed class PresentedSecretsTests
{
    [Theory]
    [InlineData("?token=t", "")]
    [InlineData("?offset=-1&token=t&live=sse", "?offset=-1&live=sse")]
    [InlineData("?TOKEN=t&Rk=k&x=1", "?x=1")]
    [InlineData("?tok%65n=t&offset=1&offset=2", "?offset=1&offset=2")]
    [InlineData("?token=t&token=u", "")]
    [InlineData("?rk=k&cursor=a%26b", "?cursor=a%26b")]
    [InlineData("?offset=-1", "?offset=-1")]
    [InlineData("", "")]
    public void Query_WithSecrets_LosesThemAndNothingElse(string query, string left)
    {
        var request = Request("GET", query);

        PresentedSecrets.TakeFrom(request);

        Assert.Equal(left, request.QueryString.Value ?? "");
        Assert.False(request.Query.ContainsKey("token") || request.Query.ContainsKey("rk"));
    }

    [Fact]
    public void Query_OfAWrite_LosesItsTokenUnread()
    {
        var request = Request("POST", "?token=t");

        Assert.Null(PresentedSecrets.TakeFrom(request).Token);
        Assert.Equal("", request.QueryString.Value);
    }

    [Theory]
    [InlineData("Bearer t", "t")]
    [InlineData("bearer t", "t")]
    [InlineData("Bearer", "")]
    [InlineData("Basic t", "")]
    public void Header_OfAnyKind_WinsOverTheQuery(string authorization, string token)
    {
        var request = Request("GET", "?token=other");
        request.Headers.Authorization = authorization;

        Assert.Equal(token, PresentedSecrets.TakeFrom(request).Token);
    }

    [Fact]
    public void Header_GivenTwice_IsNoToken()
    {
        var request = Request("GET", "");
        request.Headers.Authorization = new(["Bearer a", "Bearer b"]);

        Assert.Equal("a,Bearer b", PresentedSecrets.TakeFrom(request).Token);
    }

    private static HttpRequest Request(string method, string query)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.QueryString = new QueryString(query.Length == 0 ? null : query);
        return request;
    }
}
