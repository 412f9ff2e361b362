using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests.Edge;

/// <summary>Every way in which an edge function may be built.</summary>
public sealed class EdgeModuleTests
{
    /// <summary>A module that exports a function <c>add</c>, which adds two numbers.</summary>
    private const string AddingWasm = "AGFzbQEAAAABBwFgAn9/AX8DAgEABwcBA2FkZAAACgkBBwAgACABags=";

    [Theory]
    [InlineData("index.js", "export default () => new Response('ok')")]
    [InlineData("index.mjs", "export default async () => { await null; return new Response('ok'); }")]
    [InlineData("index.js", "exports.default = () => new Response('ok'); exports.__esModule = true;")]
    [InlineData("index.js", "module.exports = () => new Response('ok')")]
    [InlineData("index.cjs", "module.exports = { default: () => new Response('ok') }")]
    [InlineData("index.js", "export const GET = () => new Response('ok'); export const POST = () => {};")]
    [InlineData("index.js", "exports.GET = () => new Response('ok')")]
    [InlineData("index.js", "export default { fetch: () => new Response('ok') }")]
    [InlineData("index.js", "const text = await Promise.resolve('ok'); export default () => new Response(text)")]
    [InlineData("deep/er/index.js", "export default () => new Response('ok')")]
    [InlineData(
        "index.js",
        "globalThis._ENTRIES = {}; _ENTRIES.middleware_m = { default: () => new Response('ok') }; export default (...args) => _ENTRIES.middleware_m.default(...args)"
    )]
    public async Task Module_OfAnyShape_Answers(string handler, string source)
    {
        await using var host = new TestHost();

        var response = await host.GetAsync(host.WriteEdge(source, handler));

        Assert.Equal("ok", response.Text);
    }

    [Fact]
    public async Task EsModules_OfSeveralFiles_AreLinked()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            """
            import { a } from './lib/a.js';
            import * as b from './lib/b';
            import data from './data.json' with { type: 'json' };
            export default async () => new Response([a(), b.name, (await import('./lib/late.js')).default, data.x, typeof import.meta.url]);
            """,
            "index.js",
            ("package.json", """{"type":"module"}"""),
            ("lib/a.js", "import { name } from './b.js'; export const a = () => `a-${name}`;"),
            ("lib/b.js", "import { a } from './a.js'; export const name = 'b'; export const later = () => a();"),
            ("lib/late.js", "export { a as default } from './a.js'; export const x = 1;"),
            ("data.json", """{"x":7}""")
        );

        var response = await host.GetAsync(function);

        Assert.StartsWith("a-b,b,", response.Text, StringComparison.Ordinal);
        Assert.EndsWith(",7,string", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_AreFoundByTheEdgesConditions()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            """
            import light from 'light';
            import sub from '@scope/pack/sub/x';
            import old from 'old';
            import own from '#own';
            export default () => new Response([light, sub, old.name, own]);
            """,
            "index.js",
            ("package.json", """{"type":"module","imports":{"#own":"./own.js"}}"""),
            ("own.js", "export default 'own'"),
            (
                "node_modules/light/package.json",
                """{"exports":{".":{"node":"./node.js","edge-light":"./edge.mjs","default":"./none.js"}}}"""
            ),
            ("node_modules/light/edge.mjs", "export default 'edge'"),
            ("node_modules/light/node.js", "module.exports = 'node'"),
            ("node_modules/@scope/pack/package.json", """{"type":"module","exports":{"./sub/*":"./lib/*.js"}}"""),
            ("node_modules/@scope/pack/lib/x.js", "export default 'sub'"),
            ("node_modules/old/package.json", """{"main":"lib"}"""),
            ("node_modules/old/lib/index.js", "exports.name = require('inner') + require('./x').x"),
            ("node_modules/old/lib/x.js", "exports.x = '!'"),
            ("node_modules/old/node_modules/inner/index.js", "module.exports = 'inner'")
        );

        Assert.Equal("edge,sub,inner!,own", (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task Packages_OfWhichOnlyTheNodeBuildIsThere_AreTakenFromIt()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            "import { which } from 'pack'; export default () => new Response(which);",
            "index.mjs",
            (
                "node_modules/pack/package.json",
                """{"exports":{"browser":"./browser.mjs","import":"./none.mjs","require":"./node.cjs"}}"""
            ),
            ("node_modules/pack/node.cjs", "exports.which = 'node'")
        );

        Assert.Equal("node", (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task Packages_BehindLinks_FindTheirOwnBesideThem()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            "import { name } from 'pack'; export default () => new Response(name);",
            "index.mjs",
            ("store/pack/node_modules/pack/index.js", "exports.name = `pack ${require('inner')}`"),
            ("store/pack/node_modules/inner/index.js", "module.exports = 'inner'")
        );
        Directory.CreateDirectory(Path.Combine(function.Directory, "node_modules"));
        Directory.CreateSymbolicLink(Path.Combine(function.Directory, "node_modules", "pack"), "../store/pack/node_modules/pack");

        Assert.Equal("pack inner", (await host.GetAsync(function)).Text);
    }

    [Fact]
    public async Task Link_OutOfTheDirectory_IsNotFollowed()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge("import './link.js'; export default () => new Response('ok')");
        var other = host.WriteEdge("export default 1");
        File.CreateSymbolicLink(Path.Combine(function.Directory, "link.js"), Path.Combine(other.Directory, "index.js"));

        var failure = await host.FailAsync(function);

        Assert.Equal(FunctionFailureReason.StartFailed, failure.Reason);
        Assert.Contains("is not in the function's directory", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommonJs_OfSeveralFiles_MayBeCyclic()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            "exports.here = 1; const other = require('./other'); exports.default = () => new Response(`${other.seen} ${__filename.endsWith('index.js')}`);",
            "index.js",
            ("other.js", "exports.seen = require('./index.js').here + 1")
        );

        Assert.Equal("2 true", (await host.GetAsync(function)).Text);
    }

    [Theory]
    [InlineData("import wasm from './wasm/add.wasm?module';")]
    [InlineData("import wasm from './wasm/add.wasm';")]
    [InlineData("const wasm = require('/wasm/add.wasm');")]
    public async Task Wasm_IsAModuleToInstantiate(string load)
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            $$"""
            {{load}}
            export default async () => {
              const { exports } = await WebAssembly.instantiate(wasm, {});
              return new Response(`${wasm instanceof WebAssembly.Module} ${exports.add(40, 2)}`);
            };
            """
        );
        var directory = Directory.CreateDirectory(Path.Combine(function.Directory, "wasm")).FullName;
        var bytes = Convert.FromBase64String(AddingWasm);
        await File.WriteAllBytesAsync(Path.Combine(directory, "add.wasm"), bytes, TestContext.Current.CancellationToken);

        Assert.Equal("true 42", (await host.GetAsync(function)).Text);
    }

    [Theory]
    [InlineData(
        "import { AsyncLocalStorage } from 'node:async_hooks'; const ok = AsyncLocalStorage === globalThis.AsyncLocalStorage;"
    )]
    [InlineData("import { Buffer } from 'node:buffer'; const ok = Buffer.from('b2s=', 'base64') instanceof Uint8Array;")]
    [InlineData("import EventEmitter, { once } from 'events'; const ok = new EventEmitter().on && once;")]
    [InlineData("import assert from 'assert'; assert.deepEqual({ a: [1] }, { a: [1] }); const ok = true;")]
    [InlineData("import * as util from 'node:util'; const ok = util.format('%d', 1) === '1';")]
    [InlineData("const ok = require('async_hooks').AsyncLocalStorage && require('node:buffer').Buffer;")]
    public async Task ModulesOfNode_ThatTheEdgeHas_AreThere(string source)
    {
        await using var host = new TestHost();

        var response = await host.GetAsync(host.WriteEdge($"{source} export default () => new Response(ok ? 'ok' : 'no');"));

        Assert.Equal("ok", response.Text);
    }

    [Fact]
    public async Task Assets_AreFetchedByName()
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(
            """
            export default async () => new Response([
              await (await fetch('blob:a font.txt')).text(),
              await (await fetch(new URL('blob:server/b'))).text(),
              await (await fetch(URL.createObjectURL(new Blob(['own'])))).text(),
            ]);
            """,
            "index.js",
            ("assets/a.txt", "A"),
            ("assets/b.txt", "B")
        ) with
        {
            Assets = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["a font.txt"] = "assets/a.txt",
                ["server/b"] = "assets/b.txt",
            },
        };

        Assert.Equal("A,B,own", (await host.GetAsync(function)).Text);
    }

    [Theory]
    [InlineData("export const something = 1", "exports no handler")]
    [InlineData("throw new TypeError('on import'); export default 1", "TypeError: on import")]
    [InlineData("import 'no-such-package'", "Cannot find 'no-such-package', asked for by index.js")]
    [InlineData("import fs from 'node:fs'; export default fs", "edge functions have assert, async_hooks, buffer, events, util")]
    [InlineData("import './missing.js'", "Cannot find './missing.js'")]
    [InlineData("import '../f2/index.js'", "is not in the function's directory")]
    [InlineData("import { nothing } from './lib.js'", "nothing")]
    [InlineData("require('./lib.js')", "cannot be required")]
    [InlineData("export default }", "SyntaxError")]
    [InlineData("await new Promise((_, reject) => setTimeout(() => reject(new Error('late'))));export {}", "Error: late")]
    [InlineData("eval('1')", "EvalError")]
    [InlineData("setTimeout(() => { throw new Error('in a timer') }); await new Promise(() => {}); export {}", "in a timer")]
    public async Task Module_ThatCannotBeUsed_FailsToStartAndSaysWhy(string source, string expected)
    {
        await using var host = new TestHost();
        var function = host.WriteEdge(source, "index.js", ("lib.js", "export const something = 1"));
        host.WriteEdge("export default 1");

        var failure = await host.FailAsync(function);

        Assert.Equal(FunctionFailureReason.StartFailed, failure.Reason);
        Assert.Contains(expected, failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../f2/index.js", "leads out of")]
    [InlineData("missing.txt", "does not exist")]
    public async Task Asset_ThatIsNotInItsDirectory_FailsToStart(string path, string expected)
    {
        await using var host = new TestHost();
        var function = host.WriteEdge("export default () => new Response('ok')");
        var assets = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = path };

        var failure = await host.FailAsync(function with { Assets = assets });

        Assert.Equal(FunctionFailureReason.StartFailed, failure.Reason);
        Assert.Contains(expected, failure.Detail, StringComparison.Ordinal);
    }
}
