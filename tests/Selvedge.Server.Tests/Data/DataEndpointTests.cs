using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Caching;
using Selvedge.Caching.Data;
using Selvedge.Prerender;
using Selvedge.Server.Data;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Data;

/// <summary>The protocol, as Next.js 14, <c>@vercel/functions</c> and the host program speak it.</summary>
public sealed class DataEndpointTests : IAsyncDisposable
{
    private readonly ManualClock _clock = new();
    private readonly DataCache _cache;
    private readonly PrerenderCache _pages;
    private readonly DataEndpoint _endpoint;
    private readonly string _token;
    private readonly string _otherToken;

    public DataEndpointTests()
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        _cache = new DataCache(new DataCacheOptions(), _clock, meters, NullLoggerFactory.Instance);
        _pages = new PrerenderCache(new PrerenderCacheOptions(), _clock, meters, NullLoggerFactory.Instance);
        var http = new HttpCache(new CacheOptions(), _clock, meters, NullLogger<HttpCache>.Instance);
        var grants = new DataGrants();
        _token = grants.Issue("mine", _cache.Scope("mine"));
        _otherToken = grants.Issue("other", _cache.Scope("other"));
        _endpoint = new DataEndpoint(
            grants,
            new TagRevalidator(_cache.Scope("mine"), _pages, http),
            NullLogger<DataEndpoint>.Instance
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _pages.DisposeAsync();
        await _cache.DisposeAsync();
    }

    [Fact]
    public async Task Get_WhatWasPosted_GivesItWithStateAndAge()
    {
        await PostAsync("/v1/suspense-cache/k", "{}", ("x-vercel-cache-tags", "a,b"), ("x-vercel-revalidate", "1"));
        _clock.Advance(TimeSpan.FromMilliseconds(3500));

        var answer = await SendAsync("GET", "/v1/suspense-cache/k");

        Assert.Equal((200, "{}"), (answer.StatusCode, await TextOf(answer)));
        Assert.Equal("fresh", answer.Headers[DataFields.State]);
        Assert.Equal("3", answer.Headers.Age);
        Assert.Equal("3500", answer.Headers[DataFields.Age]);
    }

    [Fact]
    public async Task Get_WhatIsNotThere_SaysSoWithThePosition()
    {
        var answer = await SendAsync("GET", "/v1/suspense-cache/k");

        Assert.Equal((404, "0"), (answer.StatusCode, answer.Headers[DataFields.Position].ToString()));
    }

    [Theory]
    [InlineData("/v1/suspense-cache/k", 200)]
    [InlineData("/v1/runtime-cache/k", 404)]
    [InlineData("/v1/use-cache/k", 404)]
    public async Task Get_FromAnotherFamily_FindsNothing(string target, int expected)
    {
        await PostAsync("/v1/suspense-cache/k", "{}");

        Assert.Equal(expected, (await SendAsync("GET", target)).StatusCode);
    }

    [Fact]
    public async Task Get_WithTheTokenOfAnotherScope_FindsNothing()
    {
        await PostAsync("/v1/suspense-cache/k", "{}");

        Assert.Equal(404, (await SendAsync("GET", "/v1/suspense-cache/k", token: _otherToken)).StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Send_WithoutToken_IsRefused(string method)
    {
        await PostAsync("/v1/suspense-cache/k", "{}");

        var answer = await SendAsync(method, "/v1/suspense-cache/k", token: "1.wrong");

        Assert.Equal(401, answer.StatusCode);
        Assert.Equal(200, (await SendAsync("GET", "/v1/suspense-cache/k")).StatusCode);
    }

    [Fact]
    public async Task Revalidate_ByTag_ExpiresWhatCarriesIt()
    {
        await PostAsync("/v1/suspense-cache/k", "{}", Began(0), ("x-selvedge-tags", "%C3%BC%2C,x"));

        var answer = await PostAsync("/v1/suspense-cache/revalidate?tags=%C3%BC%2C", "");

        Assert.Equal((200, "1"), (answer.StatusCode, answer.Headers[DataFields.Position].ToString()));
        Assert.Equal(404, (await SendAsync("GET", "/v1/suspense-cache/k")).StatusCode);
    }

    [Theory]
    [InlineData("%25C3%25BC")]
    [InlineData("%C3%BC")]
    public async Task Revalidate_ATagThatNextSpellsItsOwnWay_ExpiresWhatCarriesItInEitherSpelling(string spelling)
    {
        await PostAsync("/v1/suspense-cache/k", "{}", Began(0), ("x-vercel-cache-tags", "%C3%BC"));

        await PostAsync($"/v1/suspense-cache/revalidate?tags={spelling}", "");

        Assert.Equal(404, (await SendAsync("GET", "/v1/suspense-cache/k")).StatusCode);
    }

    [Fact]
    public async Task Revalidate_KeepingStale_ShowsItToThoseWhoTakeIt()
    {
        await PostAsync("/v1/suspense-cache/k", "{}", ("x-selvedge-tags", "a"));

        await PostAsync("/v1/suspense-cache/revalidate?tags=a&stale-for=60", "");

        Assert.Equal(404, (await SendAsync("GET", "/v1/suspense-cache/k")).StatusCode);
        var stale = await SendAsync("GET", "/v1/suspense-cache/k", headers: (DataFields.AcceptStale, "1"));
        Assert.Equal((200, "stale"), (stale.StatusCode, stale.Headers[DataFields.State].ToString()));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(404, (await SendAsync("GET", "/v1/suspense-cache/k", headers: (DataFields.AcceptStale, "1"))).StatusCode);
    }

    [Fact]
    public async Task Get_WithASoftTagThatWasRevalidated_FindsNothing()
    {
        await PostAsync("/v1/suspense-cache/k", "{}");
        await PostAsync("/v1/suspense-cache/revalidate?tags=_N_T_%2Fa", "");

        Assert.Equal(404, (await SendAsync("GET", "/v1/suspense-cache/k", headers: (DataFields.SoftTags, "_N_T_/a"))).StatusCode);
        Assert.Equal(200, (await SendAsync("GET", "/v1/suspense-cache/k", headers: (DataFields.SoftTags, "_N_T_/b"))).StatusCode);
    }

    [Theory]
    [InlineData("0", 404)]
    [InlineData(null, 404)]
    [InlineData("1", 200)]
    public async Task Post_SaysWhereItBegan_CountsFromThere(string? began, int expected)
    {
        await PostAsync("/v1/suspense-cache/revalidate?tags=a", "");

        var answer = began is null
            ? await PostAsync("/v1/suspense-cache/k", "{}", ("x-selvedge-tags", "a"))
            : await PostAsync("/v1/suspense-cache/k", "{}", ("x-selvedge-tags", "a"), (DataFields.Position, began));

        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(expected, (await SendAsync("GET", "/v1/suspense-cache/k")).StatusCode);
    }

    [Theory]
    [InlineData("/v1/runtime-cache/k", 404)]
    [InlineData("/v1/use-cache/k", 404)]
    [InlineData("/v1/suspense-cache/k", 200)]
    public async Task Get_BeyondTheTimeToLive_FindsNothingButWhatNextJudgesItself(string target, int expected)
    {
        await PostAsync(target, "{}", (DataFields.Lifetime, "10"));

        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(expected, (await SendAsync("GET", target)).StatusCode);
    }

    [Fact]
    public async Task Delete_RemovesIt()
    {
        await PostAsync("/v1/runtime-cache/k", "{}");

        Assert.Equal(200, (await SendAsync("DELETE", "/v1/runtime-cache/k")).StatusCode);
        Assert.Equal(404, (await SendAsync("GET", "/v1/runtime-cache/k")).StatusCode);
    }

    [Fact]
    public async Task Post_TooLargeAValue_IsRefusedWithoutReadingIt()
    {
        var http = Request("POST", "/v1/runtime-cache/k", _token);
        http.Request.ContentLength = DataLimits.MaxValueBytes + 1;
        http.Request.Body = new UnreadableStream();

        await _endpoint.InvokeAsync(http);

        Assert.Equal(413, http.Response.StatusCode);
    }

    [Fact]
    public async Task Post_WithoutLength_IsRefused()
    {
        var http = Request("POST", "/v1/runtime-cache/k", _token);

        await _endpoint.InvokeAsync(http);

        Assert.Equal(411, http.Response.StatusCode);
    }

    [Fact]
    public async Task Post_TooManyTagsOrTooLongAKey_IsRefused()
    {
        var tags = string.Join(',', Enumerable.Range(0, DataLimits.MaxTags + 1));

        Assert.Equal(400, (await PostAsync("/v1/runtime-cache/k", "{}", ("x-selvedge-tags", tags))).StatusCode);
        Assert.Equal(400, (await PostAsync($"/v1/runtime-cache/{new string('k', 1025)}", "{}")).StatusCode);
        Assert.Equal(400, (await PostAsync($"/v1/runtime-cache/revalidate?tags={tags}", "")).StatusCode);
    }

    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/v1/else/k", 404)]
    [InlineData("PUT", "/v1/runtime-cache/k", 405)]
    public async Task Send_WhatIsNotOfTheProtocol_IsRefused(string method, string target, int expected) =>
        Assert.Equal(expected, (await SendAsync(method, target)).StatusCode);

    private static (string, string) Began(long position) => (DataFields.Position, $"{position}");

    private static DefaultHttpContext Request(string method, string target, string token)
    {
        var http = new DefaultHttpContext();
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        http.Request.Method = method;
        http.Request.Headers.Authorization = $"Bearer {token}";
        http.Response.Body = new MemoryStream();
        return http;
    }

    private static async Task<string> TextOf(HttpResponse answer)
    {
        answer.Body.Position = 0;
        return await new StreamReader(answer.Body).ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponse> SendAsync(
        string method,
        string target,
        string? token = null,
        params (string Name, string Value)[] headers
    )
    {
        var http = Request(method, target, token ?? _token);
        foreach (var (name, value) in headers)
        {
            http.Request.Headers[name] = value;
        }

        await _endpoint.InvokeAsync(http);
        return http.Response;
    }

    private async Task<HttpResponse> PostAsync(string target, string body, params (string Name, string Value)[] headers)
    {
        var http = Request("POST", target, _token);
        foreach (var (name, value) in headers)
        {
            http.Request.Headers[name] = value;
        }

        var bytes = Encoding.UTF8.GetBytes(body);
        http.Request.ContentLength = bytes.Length;
        http.Request.Body = new MemoryStream(bytes);
        await _endpoint.InvokeAsync(http);
        return http.Response;
    }

    private sealed class UnreadableStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException();
    }
}
