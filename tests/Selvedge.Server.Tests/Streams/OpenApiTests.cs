using System.Text.Json;
using Selvedge.Server.Streams;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Streams;

/// <summary>The document describes what is answered: every operation of it is asked for, and every answer is looked up in it.</summary>
public sealed class OpenApiTests
{
    private const string Json = "application/json";

    private static readonly JsonElement Document = JsonDocument
        .Parse(File.ReadAllBytes(Repository.Path("docs", "reference", "streams.openapi.json")))
        .RootElement;

    [Fact]
    public async Task Document_ThatIsServed_IsTheCommittedOne()
    {
        await using var streams = await GuardedStreams.StartAsync();

        var served = await streams.SendAsync("GET", "/v1/stream/__ds/openapi.json");

        Assert.Equal(
            await File.ReadAllBytesAsync(
                Repository.Path("docs", "reference", "streams.openapi.json"),
                TestContext.Current.CancellationToken
            ),
            served.Bytes
        );
        Assert.Equal(Json, served["Content-Type"]);
    }

    [Fact]
    public void Document_Operations_HaveIdsOfTheirOwn()
    {
        var ids = Operations().Select(operation => operation.Value.GetProperty("operationId").GetString()).ToList();

        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("/v1/{project}/")]
    [InlineData("/v1/")]
    public async Task Document_EveryOperation_AnswersAsItSays(string mount)
    {
        var walk = new Walk(
            await GuardedStreams.StartAsync(new StreamOptions { Auth = StreamAuth.None, AllowLoopbackWebhooks = true }),
            mount
        );
        await using (walk.Streams)
        {
            // 1. Streams.
            const string Stream = "stream/{stream}";
            await walk.AskAsync("PUT", Stream, "a", "[1]", 201);
            await walk.AskAsync("PUT", Stream, "a", "", 200);
            await walk.AskAsync("POST", Stream, "a", "2", 204);
            await walk.AskAsync(
                "POST",
                Stream,
                "a",
                "3",
                200,
                ("Producer-Id", "p"),
                ("Producer-Epoch", "0"),
                ("Producer-Seq", "0")
            );
            await walk.AskAsync("POST", Stream, "a", "{", 400);
            await walk.AskAsync("POST", Stream, "none", "1", 404);
            await walk.AskAsync("GET", Stream, "a", null, 200);
            await walk.AskAsync("GET", Stream, "a?offset=nonsense", null, 400);
            await walk.AskAsync("GET", Stream, "none", null, 404);
            await walk.AskAsync("HEAD", Stream, "a", null, 200);
            await walk.AskAsync("OPTIONS", Stream, "a", null, 204);
            await walk.AskAsync("PUT", Stream, "gone", "", 201);
            await walk.AskAsync("DELETE", Stream, "gone", null, 204);
            await walk.AskAsync("DELETE", Stream, "gone", null, 404);

            // 2. Subscriptions.
            const string Subscription = "stream/__ds/subscriptions/{subscription}";
            await walk.AskAsync("PUT", Stream, "wakes", "[]", 201);
            var pull = """{"type":"pull-wake","streams":["a"],"wake_stream":"wakes"}""";
            await walk.AskAsync("PUT", Subscription, "s", pull, 201);
            await walk.AskAsync("PUT", Subscription, "s", pull, 200);
            await walk.AskAsync("PUT", Subscription, "s", """{"type":"pull-wake","streams":["b"],"wake_stream":"wakes"}""", 409);
            await walk.AskAsync("PUT", Subscription, "bad", """{"type":"nonsense"}""", 400);
            await walk.AskAsync(
                "PUT",
                Subscription,
                "hook",
                """{"type":"webhook","streams":["b"],"webhook":{"url":"http://127.0.0.1:1/"}}""",
                201
            );
            await walk.AskAsync("GET", Subscription, "s", null, 200);
            await walk.AskAsync("GET", Subscription, "none", null, 404);
            await walk.AskAsync("POST", Subscription + "/streams", "s/streams", """{"streams":["b"]}""", 204);
            await walk.AskAsync("DELETE", Subscription + "/streams/{stream}", "s/streams/b", null, 204);
            await walk.AskAsync("POST", Stream, "a", "4", 204);
            var claimed = await walk.AskAsync("POST", Subscription + "/claim", "s/claim", """{"worker":"w"}""", 200);
            await walk.AskAsync("POST", Subscription + "/claim", "s/claim", """{"worker":"v"}""", 409);
            var (wake, bearer) = Claim(claimed);
            await walk.AskAsync("POST", Subscription + "/ack", "s/ack", wake, 401);
            await walk.AskAsync("POST", Subscription + "/ack", "s/ack", wake, 200, bearer);
            await walk.AskAsync("POST", Subscription + "/release", "s/release", wake, 204, bearer);
            await walk.AskAsync("POST", Subscription + "/callback", "hook/callback", wake, 401, bearer);
            await walk.AskAsync("DELETE", Subscription, "s", null, 204);
            await walk.AskAsync("GET", "stream/__ds/jwks.json", "", null, 200);
            await walk.AskAsync("GET", "stream/__ds/health", "", null, 200);
            await walk.AskAsync("GET", "stream/__ds/openapi.json", "", null, 200);

            // 3. Estuaries.
            const string Estuary = "estuary/{estuary}";
            await walk.AskAsync("PUT", Estuary, "e", "", 201);
            await walk.AskAsync("PUT", Estuary, "e", "", 200);
            await walk.AskAsync("GET", Estuary, "e", null, 200);
            await walk.AskAsync("GET", Estuary, "none", null, 404);
            await walk.AskAsync("PUT", Estuary + "/streams/{stream}", "e/streams/a", "", 204);
            await walk.AskAsync("PUT", Estuary + "/streams/{stream}", "e/streams/none", "", 404);
            await walk.AskAsync("POST", "estuary/publish/{stream}", "a", "5", 200);
            await walk.AskAsync("POST", "estuary/publish/{stream}", "none", "5", 404);
            await walk.AskAsync("DELETE", Estuary + "/streams/{stream}", "e/streams/a", null, 204);
            await walk.AskAsync("DELETE", Estuary, "e", null, 204);
            await walk.AskAsync("DELETE", Estuary, "e", null, 404);
        }

        Assert.Empty(
            Operations()
                .Where(operation => IsOf(mount, operation.Path))
                .Select(operation => $"{operation.Method} {operation.Path}")
                .Except(walk.Asked)
        );
    }

    [Fact]
    public async Task Document_TheProjectsConfiguration_IsAsItSays()
    {
        var walk = new Walk(await GuardedStreams.StartAsync(), "/v1/");
        await using (walk.Streams)
        {
            var bearer = ("Authorization", $"Bearer {walk.Streams.Token("manage")}");
            await walk.AskAsync("GET", "config/{project}", "shop", null, 200, bearer);
            await walk.AskAsync("GET", "config/{project}", "shop", null, 401);
            await walk.AskAsync(
                "GET",
                "config/{project}",
                "shop",
                null,
                403,
                ("Authorization", $"Bearer {walk.Streams.Token("read")}")
            );
            await walk.AskAsync("PUT", "config/{project}", "shop", """{"isPublic":true}""", 200, bearer);
            await walk.AskAsync("PUT", "config/{project}", "shop", """{"isPublic":1}""", 400, bearer);
        }
    }

    /// <summary>What needs no token says so, and nothing else does.</summary>
    [Fact]
    public async Task Document_EveryOperation_AsksForTokensAsItSays()
    {
        await using var streams = await GuardedStreams.StartAsync();
        foreach (var (path, method, operation) in Operations())
        {
            var open =
                operation.TryGetProperty("security", out var security)
                && (security.GetArrayLength() == 0 || operation.GetRawText().Contains("wakeToken", StringComparison.Ordinal));
            var target = path.Replace("{project}", "shop", StringComparison.Ordinal).Replace('{', 'x').Replace('}', 'x');

            var answer = await streams.SendAsync(
                method,
                target,
                body: method is "GET" or "HEAD" or "OPTIONS" ? null : "{}",
                contentType: Json
            );

            var asks = answer.Status == 401 && answer["WWW-Authenticate"] is not null;
            Assert.True(asks != open, $"{method} {target} was answered {answer.Status}.");
        }
    }

    private static (string Body, (string, string) Bearer) Claim(HttpAnswer answer)
    {
        using var claim = JsonDocument.Parse(answer.Body);
        var (wake, generation) = (
            claim.RootElement.GetProperty("wake_id").GetString(),
            claim.RootElement.GetProperty("generation").GetInt64()
        );
        return (
            $$"""{"wake_id":"{{wake}}","generation":{{generation}},"acks":[],"done":false}""",
            ("Authorization", $"Bearer {claim.RootElement.GetProperty("token").GetString()}")
        );
    }

    private static bool IsOf(string mount, string path) =>
        path.StartsWith(mount, StringComparison.Ordinal)
        && !path.StartsWith("/v1/config/", StringComparison.Ordinal)
        && (mount.Contains('{', StringComparison.Ordinal) || !path.StartsWith("/v1/{project}/", StringComparison.Ordinal));

    private static IEnumerable<(string Path, string Method, JsonElement Value)> Operations() =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Name != "parameters"
        select (path.Name, operation.Name.ToUpperInvariant(), operation.Value);

    /// <summary>Asks, and compares each answer with what the document has for it.</summary>
    private sealed class Walk(GuardedStreams streams, string mount)
    {
        public GuardedStreams Streams => streams;

        public HashSet<string> Asked { get; } = new(StringComparer.Ordinal);

        public async Task<HttpAnswer> AskAsync(
            string method,
            string path,
            string name,
            string? body,
            int status,
            params (string Name, string Value)[] headers
        )
        {
            // The name stands for the parameters of the path, from the first one on.
            var brace = path.IndexOf('{', StringComparison.Ordinal);
            var target = mount.Replace("{project}", "shop", StringComparison.Ordinal) + (brace < 0 ? path : path[..brace] + name);
            var operation = Document.GetProperty("paths").GetProperty(mount + path).GetProperty(method.ToLowerInvariant());
            Asked.Add($"{method} {mount}{path}");

            var answer = await streams.SendAsync(method, target, token: null, body, Json, headers);

            Assert.True(answer.Status == status, $"{method} {target} was answered {answer.Status}, not {status}: {answer.Body}");
            var responses = operation.GetProperty("responses");
            Assert.True(
                responses.TryGetProperty(
                    answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    out var response
                ),
                $"{method} {path} is not said to answer {answer.Status}."
            );
            if (answer.Bytes.Length > 0 && response.TryGetProperty("content", out var content))
                Check(content, answer, $"{method} {path} {answer.Status}");
            return answer;
        }

        private static void Check(JsonElement content, HttpAnswer answer, string where)
        {
            var type = answer["Content-Type"]!.Split(';')[0];
            var found = content.TryGetProperty(type, out var media) || content.TryGetProperty("*/*", out media);
            Assert.True(found, $"{where}: {type} is not in the document.");
            if (type.EndsWith("json", StringComparison.Ordinal))
            {
                using var json = JsonDocument.Parse(answer.Body);
                Assert.Equal("", SchemaCheck.Find(Document, media.GetProperty("schema"), json.RootElement, where));
            }
        }
    }
}
