using System.Net;
using Selvedge.Server.Configuration;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Serving;

/// <summary>Functions that keep data in the server, by every door that frameworks use.</summary>
public sealed class DataCacheTests
{
    private const string Routes = """{"handle":"filesystem"}""";

    // What `getCache()` and its like in @vercel/functions are: members of the platform's request context.
    private const string Store = """
        const context = () => globalThis[Symbol.for('@vercel/request-context')].get();
        const next = globalThis[Symbol.for('@next/cache-handlers')];
        const verbs = {
          get: async ({ key }) => JSON.stringify(await context().cache.get(key)),
          set: async ({ key, value, ...options }) => {
            await context().cache.set(key, value, { tags: options.tags?.split(','), ttl: options.ttl && Number(options.ttl) });
            return 'stored';
          },
          delete: async ({ key }) => `${await context().cache.delete(key)}`,
          expire: async ({ tags }) => `${await context().cache.expireTag(tags.split(','))}`,
          invalidate: async ({ tags }) => `${await context().purge.invalidateByTag(tags)}`,
          remove: async ({ tags }) => `${await context().purge.dangerouslyDeleteByTag(tags)}`,
          fetched: async ({ key, ...options }) => {
            const entry = await new next.FetchCache({}).get(key, { kind: 'FETCH', tags: options.tags?.split(',') });
            return JSON.stringify(entry && { body: entry.value.data, old: entry.lastModified < 0 });
          },
          fetch: async ({ key, value, tags }) => {
            await new next.FetchCache({}).set(key, { kind: 'FETCH', data: value, revalidate: 60 }, { fetchCache: true, tags: tags?.split(',') });
            return 'stored';
          },
          revalidate: async ({ tags, expire }) => {
            await new next.FetchCache({}).revalidateTag(tags.split(','), expire && { expire: Number(expire) });
            return 'revalidated';
          },
        };
        export const act = (url) => {
          const { verb, ...options } = Object.fromEntries(new URL(url, 'http://localhost').searchParams);
          return verbs[verb](options);
        };
        """;

    private const string NodeFunction =
        "import { act } from './store.mjs'; export default async (req, res) => res.end(await act(req.url));";

    private const string EdgeFunction =
        "import { act } from './store.mjs'; export default async (request) => new Response(await act(request.url));";

    [Theory]
    [InlineData("a", "b")]
    [InlineData("a", "edge")]
    [InlineData("edge", "a")]
    public async Task Function_FindsWhatAnotherProcessStored(string writer, string reader)
    {
        await using var site = await ServeAsync();
        await AskAsync(site, $"/{writer}?verb=set&key=k&value=one&tags=t");
        await AskAsync(site, $"/{writer}?verb=fetch&key=k&value=two&tags=t");

        Assert.Equal("\"one\"", await AskAsync(site, $"/{reader}?verb=get&key=k"));
        Assert.Equal("""{"body":"two","old":false}""", await AskAsync(site, $"/{reader}?verb=fetched&key=k"));
    }

    [Theory]
    [InlineData("verb=expire&tags=x,t", "null")]
    [InlineData("verb=remove&tags=t", "null")]
    [InlineData("verb=revalidate&tags=t", "null")]
    [InlineData("verb=revalidate&tags=t&expire=0", "null")]
    [InlineData("verb=revalidate&tags=t&expire=31536000", """{"body":"two","old":true}""")]
    [InlineData("verb=invalidate&tags=t", """{"body":"two","old":true}""")]
    public async Task Function_AfterARevalidationInAnotherProcess_SeesIt(string revalidation, string expected)
    {
        await using var site = await ServeAsync();
        await AskAsync(site, "/a?verb=set&key=k&value=one&tags=t");
        await AskAsync(site, "/a?verb=fetch&key=k&value=two&tags=t,u");

        await AskAsync(site, $"/b?{revalidation}");

        Assert.Equal("null", await AskAsync(site, "/a?verb=get&key=k"));
        Assert.Equal(expected, await AskAsync(site, "/a?verb=fetched&key=k"));
    }

    [Fact]
    public async Task Function_DeletesWhatItStored_FindsItNoMore()
    {
        await using var site = await ServeAsync();
        await AskAsync(site, "/a?verb=set&key=k&value=one");

        await AskAsync(site, "/b?verb=delete&key=k");

        Assert.Equal("null", await AskAsync(site, "/a?verb=get&key=k"));
    }

    [Fact]
    public async Task Function_StoresForATime_FindsItUntilThen()
    {
        var clock = new ManualClock();
        await using var site = await ServeAsync(clock: clock);
        await AskAsync(site, "/a?verb=set&key=k&value=one&ttl=10");
        Assert.Equal("\"one\"", await AskAsync(site, "/a?verb=get&key=k"));

        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("null", await AskAsync(site, "/a?verb=get&key=k"));
    }

    [Fact]
    public async Task Function_AfterARestartOfTheServer_FindsWhatItStoredAndNotWhatWasRevalidated()
    {
        using var data = new TempDirectory();
        await using (var site = await ServeAsync(data))
        {
            await AskAsync(site, "/a?verb=set&key=kept&value=one&tags=t");
            await AskAsync(site, "/a?verb=set&key=gone&value=two&tags=u");
            await AskAsync(site, "/a?verb=set&key=deleted&value=three");
            await AskAsync(site, "/b?verb=expire&tags=u");
            await AskAsync(site, "/b?verb=delete&key=deleted");
        }

        await using var again = await ServeAsync(data);
        Assert.Equal("\"one\"", await AskAsync(again, "/a?verb=get&key=kept"));
        Assert.Equal("null", await AskAsync(again, "/a?verb=get&key=gone"));
        Assert.Equal("null", await AskAsync(again, "/a?verb=get&key=deleted"));
    }

    [Fact]
    public async Task Function_RevalidatesWithoutWaiting_IsAnsweredWhenItHolds()
    {
        await using var site = await ServeAsync(
            more: Site.Function(
                "hasty",
                """
                export default (req, res) => {
                  const { FetchCache } = globalThis[Symbol.for('@next/cache-handlers')];
                  new FetchCache({}).revalidateTag(['t']);
                  res.writeHead(200);
                  res.flushHeaders();
                  res.end('revalidated');
                  // What is written to a socket leaves at once; what is begun leaves when this process comes to it.
                  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
                };
                """
            )
        );
        await AskAsync(site, "/a?verb=fetch&key=k&value=one&tags=t");
        await AskAsync(site, "/b?verb=fetched&key=k");

        // The headers are what a client may act on.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/hasty");
        using var answer = await site.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );

        Assert.Equal("null", await AskAsync(site, "/b?verb=fetched&key=k"));
    }

    [Fact]
    public async Task Function_RevalidatesATag_ReachesWhatTheServerAnsweredWithIt()
    {
        await using var site = await ServeAsync(
            more: Site.Function(
                "page",
                """
                let count = 0;
                export default async (req, res) => {
                  await globalThis[Symbol.for('@vercel/request-context')].get().addCacheTag(['t', 'u']);
                  res.setHeader('cache-control', 's-maxage=60');
                  res.end(`${++count}`);
                };
                """
            )
        );
        Assert.Equal("1", await AskAsync(site, "/page"));
        Assert.Equal("1", await AskAsync(site, "/page"));

        await AskAsync(site, "/a?verb=revalidate&tags=u");

        Assert.Equal("2", await AskAsync(site, "/page"));
    }

    [Theory]
    [InlineData(true, "t,u token")]
    [InlineData(false, "undefined undefined")]
    public async Task Prerender_RenderedAnewAfterARevalidation_IsToldTheTagsIfTheSettingsSaySo(bool told, string expected)
    {
        await using var site = await ServeAsync(
            options: new SelvedgeOptions { DataCache = new DataOptions { TellRevalidatedTags = told } },
            more: Site.Prerender(
                "page",
                """
                export default (req, res) => {
                  res.setHeader('x-next-cache-tags', 't,u,v');
                  res.end(`${req.headers['x-next-revalidated-tags']} ${req.headers['x-next-revalidate-tag-token']}`);
                };
                """,
                "\"expiration\":false,\"bypassToken\":\"token\""
            )
        );
        Assert.Equal("undefined undefined", await AskAsync(site, "/page"));

        await AskAsync(site, "/a?verb=revalidate&tags=t,u,w");

        Assert.Equal(expected, await AskAsync(site, "/page"));
    }

    [Fact]
    public async Task Prerender_WhoseTagIsInvalidated_AnswersOnceMore()
    {
        await using var site = await ServeAsync(
            more: Site.Prerender(
                "page",
                """
                let count = 0;
                export default (req, res) => {
                  res.setHeader('x-next-cache-tags', 't');
                  res.end(`${++count}`);
                };
                """,
                "\"expiration\":false"
            )
        );
        Assert.Equal("1", await AskAsync(site, "/page"));

        await AskAsync(site, "/a?verb=invalidate&tags=t");

        Assert.Equal("1", await AskAsync(site, "/page"));
        await site.PrerendersAreQuietAsync();
        Assert.Equal("2", await AskAsync(site, "/page"));
        await AskAsync(site, "/a?verb=remove&tags=t");
        Assert.Equal("3", await AskAsync(site, "/page"));
    }

    [Fact]
    public async Task Admin_PurgesATag_ReachesTheData()
    {
        var options = new SelvedgeOptions
        {
            Admin = new AdminOptions { Urls = "http://127.0.0.1:0", Token = "0123456789abcdef" },
        };
        await using var site = await ServeAsync(options: options);
        await AskAsync(site, "/a?verb=fetch&key=k&value=two&tags=t");
        using var admin = PlainHttp.CreateClient(site.AdminAddress);
        admin.DefaultRequestHeaders.Authorization = new("Bearer", "0123456789abcdef");

        using var body = new StringContent("""{"tags":["t"],"soft":true}""");
        using var answer = await admin.PostAsync("/cache/purge", body, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("""{"body":"two","old":true}""", await AskAsync(site, "/a?verb=fetched&key=k"));
    }

    [Fact]
    public async Task Function_SeesNothingOfTheCachesTokenInItsEnvironment()
    {
        await using var site = await ServeAsync(
            more: Site.Function(
                "env",
                "export default (req, res) => res.end(JSON.stringify([process.env, process.argv, process.execArgv]));"
            )
        );

        var environment = await AskAsync(site, "/env");

        Assert.Contains("\"SUSPENSE_CACHE_URL\":\"data-cache.invalid\"", environment);
        Assert.DoesNotMatch("[0-9a-f]{64}", environment);
    }

    private static Task<Site> ServeAsync(
        TempDirectory? data = null,
        SelvedgeOptions? options = null,
        TimeProvider? clock = null,
        IEnumerable<KeyValuePair<string, string>>? more = null
    )
    {
        var files = new Dictionary<string, string>(more ?? [])
        {
            ["functions/edge.func/.vc-config.json"] =
                """{"runtime":"edge","entrypoint":"index.mjs","deploymentTarget":"v8-worker"}""",
            ["functions/edge.func/index.mjs"] = EdgeFunction,
            ["functions/edge.func/store.mjs"] = Store,
        };
        foreach (var name in (string[])["a", "b"])
        {
            foreach (var (path, content) in Site.Function(name, NodeFunction))
            {
                files[path] = content;
            }

            files[$"functions/{name}.func/store.mjs"] = Store;
        }

        return Site.ServeAsync(Routes, files, options, dataDirectory: data?.Path, clock: clock);
    }

    private static async Task<string> AskAsync(Site site, string target)
    {
        using var answer = await site.Client.GetAsync(target, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{target}: {answer.StatusCode} {text}");
        return text;
    }
}
