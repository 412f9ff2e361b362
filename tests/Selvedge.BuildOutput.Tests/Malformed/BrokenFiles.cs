using System.Diagnostics;
using System.Net.Sockets;

namespace Selvedge.BuildOutput.Tests.Malformed;

/// <summary>Trees that hold what they should not: links astray, pipes, sockets, and files and directories in each other's place.</summary>
internal static class BrokenFiles
{
    private const string Node = "functions/api/[id].func";
    private const string Handler = Node + "/index.js";
    private const string Fallback = "functions/page.html";

    private static readonly string[] ConfigFiles =
    [
        "config.json",
        SoundOutput.NodeFile,
        SoundOutput.EdgeFile,
        SoundOutput.PrerenderFile,
    ];

    public static IEnumerable<MalformedOutput> All =>
        [.. Links, .. Pipes, .. Sockets, .. Directories, .. Files, .. Missing, .. TooDeep];

    private static IEnumerable<MalformedOutput> Links =>
        from place in new[] { "static/x", "static/a/x", "functions/x.func", "functions/api/x.func", "functions/x" }
        from target in new[] { "/", "/etc/hostname", "../../../../../..", "gone", "x", "x.func", "../static/../functions/gone" }
        let name = Path.GetFileName(place)
        where target != "x.func" || name == target
        where target != "x" || name == target
        select new MalformedOutput($"{place} is a link to {target}", output => output.Link(place, target), place);

    private static IEnumerable<MalformedOutput> Pipes =>
        from place in SpecialPlaces
        select new MalformedOutput(
            $"{place.Path} is a pipe",
            output => MakePipe(output.Delete(place.Path), place.Path),
            place.File,
            place.Key
        );

    private static IEnumerable<MalformedOutput> Sockets =>
        from place in SpecialPlaces
        select new MalformedOutput(
            $"{place.Path} is a socket",
            output => MakeSocket(output.Delete(place.Path), place.Path),
            place.File,
            place.Key
        );

    private static IEnumerable<(string Path, string File, string Key)> SpecialPlaces =>
        [
            .. ConfigFiles.Select(static file => (file, file, "")),
            ("static/x", "static/x", ""),
            ("static", "static", ""),
            ("functions/x.func", "functions/x.func", ""),
            (Node + "/lib", Node + "/lib", ""),
            (Fallback, Fallback, ""),
        ];

    private static IEnumerable<MalformedOutput> Directories =>
        from place in (IEnumerable<(string Path, string File, string Key)>)
            [
                .. ConfigFiles.Select(static file => (file, file, "")),
                (Handler, SoundOutput.NodeFile, "handler"),
                (Fallback, SoundOutput.PrerenderFile, "fallback"),
            ]
        select new MalformedOutput(
            $"{place.Path} is a directory",
            output => output.Delete(place.Path).File($"{place.Path}/x", ""),
            place.File,
            place.Key
        );

    private static IEnumerable<MalformedOutput> Files =>
        from place in new[] { "static", "functions/x.func" }
        select new MalformedOutput($"{place} is a file", output => output.Delete(place).File(place, ""), place);

    private static IEnumerable<MalformedOutput> Missing =>
        from place in new (string Path, string File, string Key)[]
        {
            ("config.json", "config.json", ""),
            (SoundOutput.NodeFile, SoundOutput.NodeFile, ""),
            (SoundOutput.EdgeFile, SoundOutput.EdgeFile, ""),
            (Handler, SoundOutput.NodeFile, "handler"),
            ("functions/_middleware.func/w.wasm", SoundOutput.EdgeFile, "assets[0].path"),
            (Fallback, SoundOutput.PrerenderFile, "fallback"),
            ("functions/page.func", SoundOutput.PrerenderFile, ""),
            (Node, "functions/page.func", ""),
            ("../../m.js", SoundOutput.NodeFile, "filePathMap"),
        }
        select new MalformedOutput($"{place.Path} is missing", output => output.Delete(place.Path), place.File, place.Key);

    private static IEnumerable<MalformedOutput> TooDeep =>
        from place in new[] { "static", "functions", Node }
        let deep = string.Join('/', Enumerable.Repeat("d", 70))
        select new MalformedOutput(
            $"{place} is 70 directories deep",
            output => output.File($"{place}/{deep}/x", ""),
            place + "/d"
        );

    private static void MakePipe(OutputBuilder output, string path)
    {
        using var mkfifo = Process.Start("mkfifo", [Path.Join(output.Output, path)]);
        mkfifo.WaitForExit();
        Assert.Equal(0, mkfifo.ExitCode);
    }

    // The system keeps the socket's file when the socket is closed; .NET does not, so it is moved out of its reach.
    private static void MakeSocket(OutputBuilder output, string path)
    {
        var bound = Path.Join(output.Home, "s");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(bound));
        File.Move(bound, Path.Join(output.Output, path));
    }
}
