using Selvedge.Caching.Origins;
using Selvedge.Caching.Policy;

namespace Selvedge.Caching.Tests;

/// <summary>Responses to POST that are kept for later GETs (RFC 9110 section 9.3.3).</summary>
public sealed class StoredPostTests
{
    private static readonly (string, string) Lives = ("cache-control", "max-age=60");
    private static readonly (string, string) Itself = ("content-location", "/");
    private static readonly (string, string) Length = ("content-length", "6");

    [Fact]
    public async Task Post_ThatNamesItselfAndItsLifetime_IsWhatALaterGetGets()
    {
        using var harness = new CacheHarness(Origin(ScriptedOrigin.Text("posted", Lives, Itself, Length)));

        var posted = await PostAsync(harness);
        var got = await harness.ReadAsync();

        Assert.Equal(("posted", "posted"), (posted, got));
        Assert.Equal(1, harness.Origin.Total);
    }

    [Fact]
    public async Task Post_WithoutASetting_IsNotKept()
    {
        using var harness = new CacheHarness(Origin(ScriptedOrigin.Text("posted", Lives, Itself, Length)));

        await PostAsync(harness, keeps: false);

        Assert.Equal("got", await harness.ReadAsync());
    }

    [Fact]
    public async Task Post_ThatNamesAnotherResource_IsNotKept()
    {
        using var harness = new CacheHarness(
            Origin(ScriptedOrigin.Text("posted", Lives, ("content-location", "/other"), Length))
        );

        await PostAsync(harness);

        Assert.Equal("got", await harness.ReadAsync());
    }

    [Fact]
    public async Task Post_WithoutALifetimeOfItsOwn_IsNotKept()
    {
        using var harness = new CacheHarness(
            Origin(
                ScriptedOrigin.Text(
                    "posted",
                    Itself,
                    Length,
                    ("last-modified", "Tue, 01 Jan 2019 00:00:00 GMT"),
                    ("etag", "\"a\"")
                )
            )
        );

        await PostAsync(harness);

        Assert.Equal("got", await harness.ReadAsync());
    }

    [Fact]
    public async Task Post_WithCredentials_IsNotKept()
    {
        using var harness = new CacheHarness(
            Origin(ScriptedOrigin.Text("posted", ("cache-control", "public, max-age=60"), Itself, Length))
        );

        await PostAsync(harness, fields: ("authorization", "a"));

        Assert.Equal("got", await harness.ReadAsync());
    }

    [Fact]
    public async Task Post_DuringWhichTheResourceIsPurged_IsNotKept()
    {
        CacheHarness? harness = null;
        var origin = new ScriptedOrigin(
            (_, _) =>
            {
                if (harness!.Origin.Total == 1)
                {
                    harness.Cache.PurgeAll(soft: false);
                }

                return Task.FromResult(
                    ScriptedOrigin.Text(harness.Origin.Total == 1 ? "posted" : "gotten", Lives, Itself, Length)
                );
            }
        );
        using var made = harness = new CacheHarness(origin);

        await PostAsync(harness);

        Assert.Equal("gotten", await harness.ReadAsync());
    }

    [Fact]
    public async Task Post_WhoseBodyBreaksOff_FailsAndIsNotKept()
    {
        using var harness = new CacheHarness(Origin(ScriptedOrigin.Text("posted", Lives, Itself, ("content-length", "10"))));

        await using var answer = await AskAsync(harness, keeps: true);

        Assert.Equal(502, answer.Failure?.Status);
        Assert.Equal(0, harness.Cache.Count);
    }

    private static ScriptedOrigin Origin(OriginReply posted)
    {
        var asked = 0;
        return new((_, _) => Task.FromResult(asked++ == 0 ? posted : ScriptedOrigin.Text("got", Lives)));
    }

    private static async Task<string> PostAsync(
        CacheHarness harness,
        bool keeps = true,
        params (string Name, string Value)[] fields
    ) => await CacheHarness.TextAsync(await AskAsync(harness, keeps, fields));

    private static async Task<CacheAnswer> AskAsync(CacheHarness harness, bool keeps, params (string Name, string Value)[] fields)
    {
        var request = new RequestFields(fields);
        return await harness.Cache.AnswerAsync(
            new CacheRequest
            {
                Key = "/",
                Target = "t",
                Method = "POST",
                HasBody = true,
                Fields = request,
                Policy = new HttpPolicy(harness.Rules),
                Origin = harness.Origin.For(request),
                NamesItself = keeps ? location => location == "/" : null,
            },
            TestContext.Current.CancellationToken
        );
    }
}
