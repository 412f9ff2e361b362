using System.Diagnostics;
using System.Text;

namespace Selvedge.Benchmarks.Crowds;

/// <summary>Many clients with open connections, who ask for the same at the same moment.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly Epoll _epoll = new();
    private readonly CrowdClient[] _clients;
    private readonly int _port;

    /// <summary>Opens the connections, one after another: more at once than a server's backlog would be dropped.</summary>
    public Crowd(int port, int count)
    {
        _port = port;
        _clients = new CrowdClient[count];
        for (var i = 0; i < count; i++)
        {
            _clients[i] = CrowdClient.Connect(port, _epoll, i);
        }
    }

    /// <summary>Those who asked.</summary>
    public IReadOnlyList<CrowdClient> Clients => _clients;

    /// <summary>When the first request was sent; a timestamp.</summary>
    public long BeganAt { get; private set; }

    /// <summary>What the answering cost this process, sending included.</summary>
    public TimeSpan ProcessorTime { get; private set; }

    /// <summary>Asks on every connection and reads until all have their answers, or patience ends.</summary>
    /// <param name="path">What they ask for.</param>
    /// <param name="patience">How long to wait for the last one.</param>
    /// <param name="leaves">After how long the first client leaves, if it does.</param>
    public void Ask(string path, TimeSpan patience, TimeSpan? leaves)
    {
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{_port}\r\n\r\n");
        // What is left of the burst before must not be collected during this one.
        GC.Collect();
        var before = Environment.CpuUsage.TotalTime;
        BeganAt = Stopwatch.GetTimestamp();
        foreach (var client in _clients)
        {
            client.Ask(request);
        }

        var left = _clients.Length;
        while (left > 0 && Stopwatch.GetElapsedTime(BeganAt) is var elapsed && elapsed < patience)
        {
            var until = leaves is { } leaving && !_clients[0].IsDone ? leaving : patience;
            var ready = _epoll.Wait(Math.Max(0, (int)Math.Ceiling((until - elapsed).TotalMilliseconds)));
            for (var i = 0; i < ready; i++)
            {
                var client = _clients[_epoll.TokenOf(i)];
                if (client.IsDone)
                {
                    // The server has closed it after the answer; it would be ready for ever.
                    client.Leave();
                    continue;
                }

                client.Read();
                left -= client.IsDone ? 1 : 0;
            }

            if (leaves <= Stopwatch.GetElapsedTime(BeganAt) && !_clients[0].IsDone)
            {
                _clients[0].Leave();
                left--;
            }
        }

        ProcessorTime = Environment.CpuUsage.TotalTime - before;
    }

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _epoll.Dispose();
    }
}
