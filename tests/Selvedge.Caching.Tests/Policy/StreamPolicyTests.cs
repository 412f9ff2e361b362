using Selvedge.Caching.Policy;

namespace Selvedge.Caching.Tests.Policy;

/// <summary>The table of <see cref="StreamPolicy"/>, line by line.</summary>
public sealed class StreamPolicyTests
{
    private const string Page = "public, max-age=60, stale-while-revalidate=300";

    [Theory]
    [InlineData("GET", false, false, true)]
    [InlineData("GET", true, false, false)]
    [InlineData("GET", false, true, false)]
    [InlineData("HEAD", false, false, false)]
    [InlineData("POST", false, false, false)]
    [InlineData("PUT", false, false, false)]
    [InlineData("DELETE", false, false, false)]
    public void IsCacheable_ARequest_IsForPlainAndLongPollGetsOnly(string method, bool isSse, bool isDebug, bool expected) =>
        Assert.Equal(expected, StreamPolicy.IsCacheable(method, isSse, isDebug));

    [Theory]
    [InlineData(null, false)]
    [InlineData("max-age=0", false)]
    [InlineData("no-cache", true)]
    [InlineData("No-Store", true)]
    [InlineData("max-age=0, no-cache", true)]
    public void IsReload_ClientDirectives_CountsOnlyTheTwo(string? cacheControl, bool expected) =>
        Assert.Equal(expected, StreamPolicy.IsReload(cacheControl));

    [Theory]
    [InlineData(200, Page, false, NotStored.None, NotStored.None)]
    [InlineData(200, Page, true, NotStored.Tail, NotStored.None)]
    [InlineData(200, "public, max-age=20", true, NotStored.Tail, NotStored.None)]
    [InlineData(200, "no-store", false, NotStored.NoStore, NotStored.NoStore)]
    [InlineData(200, "no-cache", false, NotStored.NoFreshness, NotStored.NoFreshness)]
    [InlineData(204, "public, max-age=20", true, NotStored.Status, NotStored.Status)]
    [InlineData(304, Page, false, NotStored.Status, NotStored.Status)]
    [InlineData(404, Page, false, NotStored.Status, NotStored.Status)]
    [InlineData(410, Page, false, NotStored.Status, NotStored.Status)]
    [InlineData(503, Page, false, NotStored.Status, NotStored.Status)]
    public void Judge_AResponse_IsStoredByTheTable(
        int status,
        string cacheControl,
        bool atTail,
        NotStored asPage,
        NotStored asLongPoll
    )
    {
        var facts = FactsOf(status, cacheControl, atTail);

        var page = StreamPolicy.Pages.Judge(Nobody, facts);
        var longPoll = StreamPolicy.LongPolls.Judge(Nobody, facts);

        Assert.Equal(asPage, page.Reason);
        Assert.Equal(asLongPoll, longPoll.Reason);
        Assert.All([page, longPoll], decision => Assert.True(decision.IsForThoseWhoWait));
    }

    [Theory]
    [InlineData(Page, 60)]
    [InlineData("public, max-age=20", 20)]
    [InlineData("public, max-age=7", 7)]
    public void Judge_AStoredResponse_LivesAsLongAsItSaysAndIsNeverServedStale(string cacheControl, int seconds)
    {
        var freshness = StreamPolicy.Pages.Judge(Nobody, FactsOf(200, cacheControl, atTail: false)).Freshness;

        Assert.Equal(TimeSpan.FromSeconds(seconds), freshness.Lifetime);
        Assert.Equal(
            Reuse.Validate,
            HttpPolicy.Judge(freshness, TimeSpan.FromSeconds(seconds), Caching.Fields.CacheDirectives.None)
        );
        Assert.False(HttpPolicy.StandsInForError(freshness, TimeSpan.FromSeconds(seconds), answered: false));
    }

    private static RequestFacts Nobody => new(HasAuthorization: false, Caching.Fields.CacheDirectives.None);

    private static ResponseFacts FactsOf(int status, string cacheControl, bool atTail)
    {
        List<KeyValuePair<string, string>> fields = [new("Cache-Control", cacheControl)];
        if (atTail)
            fields.Add(new("Stream-Up-To-Date", "true"));
        return new ResponseFacts(status, fields, default, default);
    }
}
