using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Selvedge.Benchmarks.Hits;

/// <summary>The hits that have an allocation budget: whole requests over a connection, so that what Kestrel allocates counts too.</summary>
internal static class HitOperations
{
    /// <summary>Each is one request and its answer. The client allocates nothing.</summary>
    public static IEnumerable<(string Name, Action Operation)> All(IPEndPoint site)
    {
        yield return ("hits/cached/1k", Get(site, "/1k", 1024));
        yield return ("hits/cached/64k", Get(site, "/64k", 64 * 1024));
        yield return ("hits/static/1k", Get(site, "/file.txt", 1024));
        // The whole way, because the client demands something.
        yield return ("hits/cached/1k/demanding", Get(site, "/1k", 1024, "cache-control: max-stale\r\n"));
    }

    private static Action Get(IPEndPoint site, string path, int bodyLength, string fields = "")
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(site);
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nhost: localhost\r\n{fields}\r\n");
        var answer = new byte[128 * 1024];
        return () =>
        {
            socket.Send(request);
            var received = 0;
            var end = int.MaxValue;
            while (received < end)
            {
                received += socket.Receive(answer.AsSpan(received));
                var head = answer.AsSpan(0, received).IndexOf("\r\n\r\n"u8);
                end = head < 0 ? int.MaxValue : head + 4 + bodyLength;
            }

            if (!answer.AsSpan().StartsWith("HTTP/1.1 200"u8))
                throw new InvalidOperationException(Encoding.ASCII.GetString(answer, 0, received));
        };
    }
}
