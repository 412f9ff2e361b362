using System.Text.Json;
using Microsoft.Extensions.Logging;
using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests;

/// <summary>What a function finds around it.</summary>
public sealed class EnvironmentTests
{
    [Fact]
    public async Task Environment_IsTheFunctionsOwnAndNothingOfTheServers()
    {
        Environment.SetEnvironmentVariable("SELVEDGE_TEST_SECRET", "secret");
        await using var host = new TestHost(options =>
            options with
            {
                Environment = new Dictionary<string, string>
                {
                    ["VERCEL_URL"] = "site.test",
                    ["FROM_HOST"] = "1",
                    ["BOTH"] = "host",
                },
            }
        );
        var function = host.Write("export default (req, res) => res.end(JSON.stringify(process.env))") with
        {
            Environment = new Dictionary<string, string>
            {
                ["BOTH"] = "function",
                ["bad=name"] = "x",
                ["NUL"] = "a\0b",
            },
        };

        var variables = JsonSerializer.Deserialize<Dictionary<string, string>>((await host.GetAsync(function)).Text)!;

        Assert.Equal(
            [
                "BOTH=function",
                "FROM_HOST=1",
                "NODE_ENV=production",
                "NOW_REGION=sel1",
                "TZ=:UTC",
                "VERCEL=1",
                "VERCEL_ENV=production",
                "VERCEL_REGION=sel1",
                "VERCEL_TARGET_ENV=production",
                "VERCEL_URL=site.test",
            ],
            variables
                .Where(variable => variable.Key is not ("PATH" or "HOME" or "TMPDIR" or "LANG"))
                .Select(variable => $"{variable.Key}={variable.Value}")
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), variables["PATH"]);
    }

    [Fact]
    public async Task WorkingDirectory_IsTheFunctionsDirectory()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "import fs from 'node:fs'; export default (req, res) => res.end(fs.readFileSync('./data/a.txt') + process.argv[1].slice(-9))",
            files: ("data/a.txt", "read ")
        );

        Assert.Equal("read index.mjs", (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task Globals_AndBuiltIns_AreTheFunctionsOwn()
    {
        await using var host = new TestHost();
        const string Define =
            "Object.defineProperty(globalThis, '__once', { value: NAME, configurable: false }); export default (req, res) => res.end(`${globalThis.__once} ${[1].own ?? 'unpatched'}`);";
        var patching = host.Write("Array.prototype.own = 'patched'; " + Define.Replace("NAME", "'a'", StringComparison.Ordinal));
        var other = host.Write(Define.Replace("NAME", "'b'", StringComparison.Ordinal));

        Assert.Equal("a patched", (await host.GetAsync(patching)).Text);
        Assert.Equal("b unpatched", (await host.GetAsync(other)).Text);
        Assert.Equal("a patched", (await host.GetAsync(patching)).Text);
    }

    [Fact]
    public async Task StandardInput_IsEmpty()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "import { text } from 'node:stream/consumers'; export default async (req, res) => res.end(`[${await text(process.stdin)}]`)"
        );

        Assert.Equal("[]", (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task RequestContext_IsTheOneOfTheRequestWhereverItIsAskedFor()
    {
        await using var host = new TestHost();
        var function = host.Write(
            """
            const get = () => globalThis[Symbol.for('@vercel/request-context')].get();
            const outside = JSON.stringify(get());
            const waiting = [];
            export default async (req, res) => {
              await new Promise((go) => waiting.push(go) === 2 && waiting.forEach((go) => go()));
              await new Promise(setImmediate);
              const next = globalThis[Symbol.for('@next/request-context')].get();
              res.end(`${outside} ${get().url} ${get().headers['x-a']} ${typeof get().waitUntil} ${typeof next.waitUntil}`);
            };
            """
        );

        var responses = await Task.WhenAll(
            host.GetAsync(function, "/1", "GET", ("x-a", "one"), ("host", "a.test")),
            host.GetAsync(function, "/2", "GET", ("x-a", "two"), ("host", "a.test"))
        );

        Assert.Equal(
            ["{} https://a.test/1 one function function", "{} https://a.test/2 two function function"],
            responses.Select(response => response.Text)
        );
    }

    [Fact]
    public async Task WaitUntil_IsHandedToWebFunctionsToo()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export const GET = (request, { waitUntil }) => { waitUntil(Promise.reject(new Error('in the background'))); return new Response('ok'); }"
        );

        Assert.Equal("ok", (await host.GetAsync(function)).Text);

        await host.Logs.WaitAsync("in the background");
        Assert.DoesNotContain(host.Logs.Entries, entry => entry.Event.Name == "InstanceFault");
    }

    [Fact]
    public async Task Console_IsLoggedWithLevelFunctionAndRequest()
    {
        await using var host = new TestHost();
        var function = host.Write(
            """
            console.log('at load');
            export default async (req, res) => {
              await null;
              console.debug('%s of %d', 'debug', 4); console.info({ a: 1 }); console.warn('two\nlines'); console.error('error');
              console.table([[1]]); console.group('g'); console.log('inside'); console.groupEnd();
              process.stdout.write('raw\n');
              res.end();
            };
            """
        );

        await TestResponse.ReadAsync(await host.SendAsync(function, requestId: "iad1::abc"));
        await host.Logs.WaitAsync("raw");

        var output = host.Logs.Entries.Where(entry => entry.Category == "Selvedge.Functions.Output").ToList();
        Assert.Equal(
            [
                (LogLevel.Information, "f1: at load"),
                (LogLevel.Debug, "f1 [iad1::abc]: debug of 4"),
                (LogLevel.Information, "f1 [iad1::abc]: { a: 1 }"),
                (LogLevel.Warning, "f1 [iad1::abc]: two\nlines"),
                (LogLevel.Error, "f1 [iad1::abc]: error"),
            ],
            output.Take(5).Select(entry => (entry.Level, entry.Text))
        );
        Assert.Contains(output, entry => entry.Text == "f1 [iad1::abc]:   inside");
        Assert.Equal("f1: raw", output[^1].Text);
    }

    [Fact]
    public async Task Console_OfInterleavedRequests_KnowsWhoseItIs()
    {
        await using var host = new TestHost();
        var function = host.Write(
            "export default async (req, res) => { for (let i = 0; i < 20; i++) { console.log(`mine ${req.url}`); await new Promise(setImmediate); } res.end(); }"
        );

        await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(async i => await TestResponse.ReadAsync(await host.SendAsync(function, $"/{i}", requestId: $"id{i}")))
        );

        await host.Host.DrainAsync(CancellationToken.None);
        var lines = host.Logs.Entries.Where(entry => entry.Text.Contains("mine", StringComparison.Ordinal)).ToList();
        Assert.Equal(200, lines.Count);
        Assert.All(lines, line => Assert.Matches(@"^f1 \[id(\d)\]: mine /\1$", line.Text));
    }

    [Fact]
    public async Task Output_ThatIsTooLong_IsCut()
    {
        await using var host = new TestHost(options => options with { MaxLogLineLength = 100 });
        var function = host.Write(
            """
            import { writeSync } from 'node:fs';
            export default (req, res) => {
              console.log('c'.repeat(5000));
              writeSync(1, 'r'.repeat(5000) + '\nnext\n');
              writeSync(2, 'e'.repeat(5000) + '\n\x1enot json\n');
              res.end();
            };
            """
        );

        await host.GetAsync(function);
        await host.Logs.WaitAsync("next");
        await host.Logs.WaitAsync("not json");

        var output = host.Logs.Entries.Where(entry => entry.Category == "Selvedge.Functions.Output").ToList();
        Assert.Equal(5, output.Count);
        Assert.All(output, entry => Assert.InRange(entry.Text.Length, 1, 100 * 6 + 20));
    }
}
