using Selvedge.Server.Streams;
using Selvedge.Streams.Projects;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Streams;

/// <summary>Who is let in to which stream, and what those who are not are told.</summary>
public sealed class AccessTests
{
    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Stream_WithoutToken_IsRefusedWithAChallenge(string method)
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a");

        var answer = await streams.SendAsync(method, "/v1/shop/stream/a", body: method is "GET" ? null : "x");

        Assert.Equal(
            (401, "Bearer realm=\"streams\"", "no-store"),
            (answer.Status, answer["WWW-Authenticate"], answer["Cache-Control"])
        );
        Assert.Contains("\"code\":\"UNAUTHORIZED\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_WithoutToken_IsRefusedAndTellsNoReaderKey()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a");

        var answer = await streams.SendAsync("HEAD", "/v1/shop/stream/a");

        Assert.Equal((401, null, null), (answer.Status, answer["Stream-Reader-Key"], answer["Stream-Next-Offset"]));
    }

    [Theory]
    [InlineData("read", "GET", 200)]
    [InlineData("read", "HEAD", 200)]
    [InlineData("read", "POST", 403)]
    [InlineData("read", "PUT", 403)]
    [InlineData("read", "DELETE", 403)]
    [InlineData("write", "GET", 200)]
    [InlineData("write", "POST", 204)]
    [InlineData("write", "PUT", 200)]
    [InlineData("write", "DELETE", 204)]
    [InlineData("manage", "GET", 200)]
    [InlineData("manage", "POST", 204)]
    public async Task Stream_Scope_DecidesWhatIsAllowed(string scope, string method, int status)
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a");

        var answer = await streams.SendAsync(
            method,
            "/v1/shop/stream/a",
            streams.Token(scope),
            method is "GET" or "HEAD" ? null : "x"
        );

        Assert.Equal(status, answer.Status);
        if (status == 403)
            Assert.Equal("Bearer realm=\"streams\", error=\"insufficient_scope\", scope=\"write\"", answer["WWW-Authenticate"]);
    }

    [Fact]
    public async Task Stream_TokenOfAnotherProjectWithTheSameSecret_IsRefused()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a");

        var answer = await streams.SendAsync("GET", "/v1/shop/stream/a", streams.Token("manage", project: "other"));

        Assert.Equal(403, answer.Status);
    }

    [Theory]
    [InlineData("/v1/nobody/stream/a")]
    [InlineData("/v1/stream/a")]
    public async Task Stream_OfAProjectThatDoesNotExist_LooksLikeOneThatDoes(string target)
    {
        await using var streams = await GuardedStreams.StartAsync();

        var without = await streams.SendAsync("GET", target);
        var with = await streams.SendAsync("GET", target, streams.Token("read"));

        Assert.Equal((401, 401), (without.Status, with.Status));
    }

    [Fact]
    public async Task Token_ThatHasEnded_IsToldSo()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a");
        var token = streams.Token("read");

        streams.Clock.Advance(TimeSpan.FromHours(1));
        var answer = await streams.SendAsync("GET", "/v1/shop/stream/a", token);

        Assert.Equal(401, answer.Status);
        Assert.Contains("TOKEN_EXPIRED", answer.Body, StringComparison.Ordinal);
        Assert.Contains("invalid_token", answer["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Basic c2hvcDpzaG9w")]
    [InlineData("Bearer")]
    [InlineData("Bearer  ")]
    [InlineData("Bearer nonsense")]
    public async Task Authorization_ThatIsNoToken_IsRefused(string authorization)
    {
        await using var streams = await GuardedStreams.StartAsync();

        var answer = await streams.SendAsync("GET", "/v1/shop/stream/a", headers: ("Authorization", authorization));

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task Public_Stream_IsReadByAnybodyAndWrittenByTokens()
    {
        await using var streams = await GuardedStreams.StartAsync();
        var made = await streams.CreateAsync("/v1/shop/stream/a?public=true", "x");

        Assert.Null(made["Stream-Reader-Key"]);
        Assert.Equal(200, (await streams.SendAsync("GET", "/v1/shop/stream/a")).Status);
        Assert.Equal(200, (await streams.SendAsync("HEAD", "/v1/shop/stream/a")).Status);
        Assert.Equal(200, (await streams.SendAsync("GET", "/v1/shop/stream/a", "nonsense")).Status);
        Assert.Equal(401, (await streams.SendAsync("POST", "/v1/shop/stream/a", body: "x")).Status);
        Assert.Equal(401, (await streams.SendAsync("DELETE", "/v1/shop/stream/a")).Status);
    }

    [Fact]
    public async Task Public_AskedForByAReader_ChangesNothing()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a");

        Assert.Equal(401, (await streams.SendAsync("GET", "/v1/shop/stream/a?public=true")).Status);
        Assert.Equal(401, (await streams.SendAsync("PUT", "/v1/shop/stream/b?public=true", body: "")).Status);
    }

    [Theory]
    [InlineData("?public=true", "", 200)]
    [InlineData("?public=true", "?public=false", 409)]
    [InlineData("", "?public=true", 409)]
    [InlineData("?public=false", "?public=false", 200)]
    [InlineData("", "?public=yes", 400)]
    public async Task Public_MadeAgain_MustBeTheSame(string first, string second, int status)
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a" + first);

        var answer = await streams.SendAsync("PUT", "/v1/shop/stream/a" + second, streams.Token("write"), "");

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Public_Fork_IsNotPublicByItself()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a?public=true", "x");
        await streams.CreateAsync("/v1/shop/stream/b", headers: ("Stream-Forked-From", "/v1/shop/stream/a"));

        Assert.Equal(401, (await streams.SendAsync("GET", "/v1/shop/stream/b")).Status);
    }

    [Fact]
    public async Task Public_Project_OpensAllItsStreamsToReaders()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a", "x");
        streams.Projects.Change("shop", project => (project with { IsPublic = true }, ProjectOutcome.Done));

        var answer = await streams.SendAsync("GET", "/v1/shop/stream/a");

        Assert.Equal((200, "no-cache"), (answer.Status, answer["Cache-Control"]));
        Assert.Equal(401, (await streams.SendAsync("POST", "/v1/shop/stream/a", body: "x")).Status);
    }

    [Fact]
    public async Task Public_StreamOfARemovedProject_IsReadByNobody()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a?public=true", "x");
        streams.Projects.Remove("shop");

        Assert.Equal(401, (await streams.SendAsync("GET", "/v1/shop/stream/a")).Status);
        Assert.Equal(401, (await streams.SendAsync("GET", "/v1/shop/stream/a", streams.Token("read"))).Status);
    }

    [Theory]
    [InlineData("GET", "/v1/shop/stream/mine", 200)]
    [InlineData("POST", "/v1/shop/stream/mine", 204)]
    [InlineData("PUT", "/v1/shop/stream/mine", 200)]
    [InlineData("GET", "/v1/shop/stream/other", 403)]
    [InlineData("HEAD", "/v1/shop/stream/other", 403)]
    [InlineData("POST", "/v1/shop/stream/other", 403)]
    [InlineData("PUT", "/v1/shop/stream/other", 403)]
    [InlineData("DELETE", "/v1/shop/stream/other", 403)]
    [InlineData("GET", "/v1/shop/stream/mine/below", 403)]
    [InlineData("GET", "/v1/shop/stream/mine%2F", 403)]
    [InlineData("GET", "/v1/shop/stream/MINE", 403)]
    [InlineData("GET", "/v1/shop/stream/%6Dine", 200)]
    [InlineData("PUT", "/v1/shop/stream/__ds/subscriptions/s", 403)]
    [InlineData("GET", "/v1/shop/stream/__ds/subscriptions/s", 403)]
    [InlineData("DELETE", "/v1/shop/stream/__ds/subscriptions/s", 403)]
    [InlineData("POST", "/v1/shop/stream/__ds/subscriptions/s/claim", 403)]
    [InlineData("POST", "/v1/shop/stream/__ds/subscriptions/s/streams", 403)]
    [InlineData("GET", "/v1/config/shop", 403)]
    [InlineData("PUT", "/v1/config/shop", 403)]
    public async Task Defect09_StreamIdClaim_IsEnforcedOnEveryRoute(string method, string target, int status)
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/mine");
        await streams.CreateAsync("/v1/shop/stream/other");
        await streams.CreateAsync("/v1/shop/stream/mine/below");

        // The greatest scope, so that nothing else refuses it.
        var token = streams.Token("manage", "mine");
        var answer = await streams.SendAsync(method, target, token, method is "GET" or "HEAD" ? null : "{}");

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("/v1/shop/stream/other", 403)]
    [InlineData("/v1/other/stream/fork", 403)]
    [InlineData("nonsense", 403)]
    [InlineData("/v1/shop/stream/fork", 404)]
    public async Task Defect09_ForkSource_IsEnforcedToo(string source, int status)
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/other", "secret");

        var answer = await streams.SendAsync(
            "PUT",
            "/v1/shop/stream/fork",
            streams.Token("write", "fork"),
            headers: ("Stream-Forked-From", source)
        );

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Defect05_PrivateStream_IsKeptFromSharedCaches()
    {
        await using var streams = await GuardedStreams.StartAsync(new StreamOptions { PageBytes = 10 });
        await streams.CreateAsync("/v1/shop/stream/a", new string('x', 15));
        var token = streams.Token("read");

        var page = await streams.SendAsync("GET", "/v1/shop/stream/a", token);
        var tail = await streams.SendAsync("GET", $"/v1/shop/stream/a?offset={page["Stream-Next-Offset"]}", token);
        var live = await streams.SendAsync("GET", "/v1/shop/stream/a?offset=-1&live=long-poll", token);
        var now = await streams.SendAsync("GET", "/v1/shop/stream/a?offset=now", token);

        Assert.Equal("private, max-age=60, stale-while-revalidate=300", page["Cache-Control"]);
        Assert.Equal("private, no-cache", tail["Cache-Control"]);
        Assert.Equal("private, max-age=20", live["Cache-Control"]);
        Assert.Equal("no-store", now["Cache-Control"]);
    }

    [Fact]
    public async Task Defect05_PublicStream_IsForSharedCaches()
    {
        await using var streams = await GuardedStreams.StartAsync(new StreamOptions { PageBytes = 10 });
        await streams.CreateAsync("/v1/shop/stream/a?public=true", new string('x', 15));

        var answer = await streams.SendAsync("GET", "/v1/shop/stream/a", streams.Token("read"));

        Assert.Equal("public, max-age=60, stale-while-revalidate=300", answer["Cache-Control"]);
    }

    [Fact]
    public async Task ReaderKey_IsToldToTheMakerAndByHead()
    {
        await using var streams = await GuardedStreams.StartAsync();

        var made = await streams.CreateAsync("/v1/shop/stream/a");
        var head = await streams.SendAsync("HEAD", "/v1/shop/stream/a", streams.Token("read"));
        var read = await streams.SendAsync("GET", "/v1/shop/stream/a", streams.Token("read"));

        Assert.StartsWith("rk_", made["Stream-Reader-Key"], StringComparison.Ordinal);
        Assert.Equal(made["Stream-Reader-Key"], head["Stream-Reader-Key"]);
        Assert.Null(read["Stream-Reader-Key"]);
    }

    [Fact]
    public async Task ReaderKey_InTheUrl_LetsSharedCachesKeepTheAnswer()
    {
        await using var streams = await GuardedStreams.StartAsync(new StreamOptions { PageBytes = 10 });
        var key = (await streams.CreateAsync("/v1/shop/stream/a", new string('x', 15)))["Stream-Reader-Key"];

        var answer = await streams.SendAsync("GET", $"/v1/shop/stream/a?offset=-1&rk={key}", streams.Token("read"));

        Assert.Equal("public, max-age=60, stale-while-revalidate=300", answer["Cache-Control"]);
    }

    [Theory]
    [InlineData("rk_00000000000000000000000000000000")]
    [InlineData("")]
    [InlineData("rk_")]
    public async Task Defect05_ReaderKeyThatIsWrong_IsRefused(string key)
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a", "x");

        var answer = await streams.SendAsync("GET", $"/v1/shop/stream/a?rk={key}", streams.Token("read"));

        Assert.Equal(403, answer.Status);
        Assert.Contains("READER_KEY_INVALID", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReaderKey_Alone_LetsNobodyIn()
    {
        await using var streams = await GuardedStreams.StartAsync();
        var key = (await streams.CreateAsync("/v1/shop/stream/a", "x"))["Stream-Reader-Key"];

        Assert.Equal(401, (await streams.SendAsync("GET", $"/v1/shop/stream/a?rk={key}")).Status);
    }

    [Fact]
    public async Task ReaderKey_OfAStreamMadeAgain_IsAnother()
    {
        await using var streams = await GuardedStreams.StartAsync();
        var before = (await streams.CreateAsync("/v1/shop/stream/a", "x"))["Stream-Reader-Key"];
        await streams.SendAsync("DELETE", "/v1/shop/stream/a", streams.Token("write"));
        await streams.CreateAsync("/v1/shop/stream/a", "y");

        Assert.Equal(403, (await streams.SendAsync("GET", $"/v1/shop/stream/a?rk={before}", streams.Token("read"))).Status);
    }

    [Fact]
    public async Task ReaderKey_TurnedOver_IsRefusedAtOnce()
    {
        await using var streams = await GuardedStreams.StartAsync();
        var before = (await streams.CreateAsync("/v1/shop/stream/a", "x"))["Stream-Reader-Key"];
        streams.Projects.Change("shop", project => ProjectChanges.RotateReaderKey(project, "a"));

        var head = await streams.SendAsync("HEAD", "/v1/shop/stream/a", streams.Token("read"));

        Assert.NotEqual(before, head["Stream-Reader-Key"]);
        Assert.Equal(403, (await streams.SendAsync("GET", $"/v1/shop/stream/a?rk={before}", streams.Token("read"))).Status);
    }

    [Theory]
    [InlineData("?token={0}", 200)]
    [InlineData("?offset=-1&token={0}", 200)]
    [InlineData("?Token={0}", 200)]
    [InlineData("?tok%65n={0}", 200)]
    [InlineData("?token=nonsense", 401)]
    [InlineData("?token=", 401)]
    public async Task QueryToken_OfARead_Counts(string query, int status)
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a", "x");
        var target = "/v1/shop/stream/a" + query.Replace("{0}", streams.Token("read"), StringComparison.Ordinal);

        Assert.Equal(status, (await streams.SendAsync("GET", target)).Status);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task QueryToken_OfAWrite_DoesNotCount(string method)
    {
        await using var streams = await GuardedStreams.StartAsync();

        var answer = await streams.SendAsync(method, $"/v1/shop/stream/a?token={streams.Token("write")}", body: "x");

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task QueryToken_BesideAHeader_IsNotLookedAt()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a", "x");

        var answer = await streams.SendAsync("GET", $"/v1/shop/stream/a?token={streams.Token("read")}", "nonsense");

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task QueryToken_AppearsInNoAnswerAndNoLog()
    {
        await using var streams = await GuardedStreams.StartAsync();
        var token = streams.Token("write");
        var made = await streams.SendAsync("PUT", $"/v1/shop/stream/a?token={token}", token, "x");

        var answers = new List<HttpAnswer>
        {
            made,
            await streams.SendAsync("GET", $"/v1/shop/stream/a?token={token}"),
            await streams.SendAsync("GET", $"/v1/shop/stream/none?token={token}"),
            await streams.SendAsync("GET", $"/v1/shop/stream/a?offset=nonsense&token={token}"),
            await streams.SendAsync("GET", $"/v1/other/stream/a?token={token}"),
        };

        Assert.Equal([201, 200, 404, 400, 401], answers.Select(answer => answer.Status));
        Assert.EndsWith("/v1/shop/stream/a", made["Location"], StringComparison.Ordinal);
        var signature = token.Split('.')[2];
        Assert.All(answers, answer => Assert.DoesNotContain(signature, answer.Body, StringComparison.Ordinal));
        Assert.Contains("StreamRefused", streams.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(signature, streams.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auth_None_LetsEverybodyDoEverything()
    {
        await using var streams = await GuardedStreams.StartAsync(new StreamOptions { Auth = StreamAuth.None });

        var made = await streams.SendAsync("PUT", "/v1/any/stream/a", body: "x");

        Assert.Equal((201, null), (made.Status, made["Stream-Reader-Key"]));
        Assert.Equal("no-cache", (await streams.SendAsync("GET", "/v1/any/stream/a"))["Cache-Control"]);
    }

    [Fact]
    public async Task Secrets_Rotated_OldTokensCountUntilTheirSecretGoes()
    {
        await using var streams = await GuardedStreams.StartAsync();
        await streams.CreateAsync("/v1/shop/stream/a");
        var token = streams.Token("read");
        var now = streams.Clock.GetUtcNow();

        streams.Projects.Change("shop", project => ProjectChanges.AddSecret(project, new string('n', 32), keep: 1, now));
        Assert.Equal(200, (await streams.SendAsync("GET", "/v1/shop/stream/a", token)).Status);

        streams.Projects.Change("shop", project => ProjectChanges.RemoveSecret(project, project.Secrets[1].Id));
        Assert.Equal(401, (await streams.SendAsync("GET", "/v1/shop/stream/a", token)).Status);
    }

    [Theory]
    [InlineData("GET", "/health", 200)]
    [InlineData("HEAD", "/health", 200)]
    [InlineData("GET", "/v1/stream/__ds/health", 200)]
    [InlineData("GET", "/v1/shop/stream/__ds/jwks.json", 200)]
    [InlineData("GET", "/v1/stream/__ds/openapi.json", 200)]
    [InlineData("GET", "/v1/stream/__ds/keys", 401)]
    [InlineData("GET", "/v1/shop/stream/__ds", 401)]
    [InlineData("POST", "/health", 405)]
    public async Task Open_Paths_NeedNoToken(string method, string target, int status)
    {
        await using var streams = await GuardedStreams.StartAsync();

        Assert.Equal(status, (await streams.SendAsync(method, target)).Status);
    }

    [Fact]
    public async Task Health_Answer_IsNeverKept()
    {
        await using var streams = await GuardedStreams.StartAsync();

        var answer = await streams.SendAsync("GET", "/health");

        Assert.Equal(("ok", "no-store"), (answer.Body, answer["Cache-Control"]));
    }

    [Theory]
    [InlineData("/v1/a.b/stream/x")]
    [InlineData("/v1/__ds/stream/x")]
    [InlineData("/v1/estuary/stream/x")]
    [InlineData("/v1/config/a.b")]
    [InlineData("/v1/a%20b/stream/x")]
    public async Task Project_NameThatIsNone_IsRefused(string target)
    {
        await using var streams = await GuardedStreams.StartAsync();

        Assert.NotEqual(200, (await streams.SendAsync("GET", target, streams.Token("read"))).Status);
    }

    [Fact]
    public async Task Cache_WhatItHolds_IsAskedForLikeTheRest()
    {
        await using var streams = await GuardedStreams.StartAsync(new StreamOptions { PageBytes = 10 });
        await streams.CreateAsync("/v1/shop/stream/a", new string('x', 15));
        const string Target = "/v1/shop/stream/a?offset=-1";
        Assert.Equal("MISS", (await streams.SendAsync("GET", Target, streams.Token("read")))["X-Cache"]);

        var held = await streams.SendAsync("GET", Target, streams.Token("read"));
        var stranger = await streams.SendAsync("GET", Target);
        var other = await streams.SendAsync("GET", Target, streams.Token("read", "b"));

        Assert.Equal((200, "HIT"), (held.Status, held["X-Cache"]));
        Assert.Equal((401, null), (stranger.Status, stranger["X-Cache"]));
        Assert.Equal((403, null), (other.Status, other["X-Cache"]));
        Assert.Equal("private, max-age=60, stale-while-revalidate=300", held["Cache-Control"]);
    }

    [Fact]
    public async Task Cache_Key_HoldsNeitherTokenNorReaderKeyNorPublic()
    {
        await using var streams = await GuardedStreams.StartAsync(new StreamOptions { PageBytes = 10 });
        var key = (await streams.CreateAsync("/v1/shop/stream/a", new string('x', 15)))["Stream-Reader-Key"];
        const string Target = "/v1/shop/stream/a?offset=-1";
        await streams.SendAsync("GET", Target, streams.Token("read"));

        var byQuery = await streams.SendAsync("GET", $"{Target}&token={streams.Token("write")}");
        var byReaderKey = await streams.SendAsync("GET", $"{Target}&rk={key}", streams.Token("read"));
        var byPublic = await streams.SendAsync("GET", $"{Target}&public=true", streams.Token("read"));

        Assert.Equal(("HIT", "HIT", "HIT"), (byQuery["X-Cache"], byReaderKey["X-Cache"], byPublic["X-Cache"]));
        Assert.StartsWith("private", byQuery["Cache-Control"], StringComparison.Ordinal);
        Assert.StartsWith("public", byReaderKey["Cache-Control"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cache_OriginOfOneReader_IsNotToldToAnother()
    {
        await using var streams = await GuardedStreams.StartAsync(new StreamOptions { PageBytes = 10 });
        await streams.CreateAsync("/v1/shop/stream/a", new string('x', 15));
        streams.Projects.Change(
            "shop",
            project => ProjectChanges.SetOrigins(project, ["https://a.example", "https://b.example"])
        );
        const string Target = "/v1/shop/stream/a?offset=-1";

        var first = await streams.SendAsync("GET", Target, streams.Token("read"), headers: ("Origin", "https://a.example"));
        var second = await streams.SendAsync("GET", Target, streams.Token("read"), headers: ("Origin", "https://b.example"));
        var third = await streams.SendAsync("GET", Target, streams.Token("read"));

        Assert.Equal("HIT", second["X-Cache"]);
        Assert.Equal(
            ("https://a.example", "https://b.example", null),
            (first["Access-Control-Allow-Origin"], second["Access-Control-Allow-Origin"], third["Access-Control-Allow-Origin"])
        );
        Assert.All([first, second, third], answer => Assert.Equal("Origin", answer["Vary"]));
    }
}
