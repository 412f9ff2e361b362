using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Selvedge.Benchmarks.Crowds;

/// <summary>An origin that costs little: one thread, and answers that are bytes already.</summary>
/// <remarks>
/// It prints <c>{"port": …}</c>, and for each path that comes as a line how often it was asked for: <c>{"asked": …}</c>. It ends with its
/// input. Paths begin with a behaviour's name (<see cref="OriginBehaviour.All"/>).
/// </remarks>
internal sealed class CrowdOrigin : IDisposable
{
    private const int ListenerToken = -1;
    private static readonly TimeSpan PieceDistance = TimeSpan.FromMilliseconds(100);

    private readonly Epoll _epoll = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<OriginConnection?> _connections = [];
    private readonly PriorityQueue<(OriginConnection Connection, OriginBehaviour Behaviour, int Step), long> _due = new();
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly List<string> _paths = [];
    private readonly int _listenerDescriptor;
    private long _togetherAt;

    private CrowdOrigin()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(4096);
        _listener.Blocking = false;
        // Accepted connections inherit it.
        _listener.NoDelay = true;
        _listenerDescriptor = (int)_listener.SafeHandle.DangerousGetHandle();
        _epoll.Add(_listenerDescriptor, ListenerToken);
    }

    public static async Task RunAsync(TextReader input, TextWriter output)
    {
        // For as long as the process lives.
        var origin = new CrowdOrigin();
        new Thread(origin.Loop) { IsBackground = true }.Start();
        await WriteAsync(output, "port", ((IPEndPoint)origin._listener.LocalEndPoint!).Port);
        while (await input.ReadLineAsync() is { } path)
        {
            await WriteAsync(output, "asked", origin._asked.GetValueOrDefault(path));
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _epoll.Dispose();
    }

    private static async Task WriteAsync(TextWriter output, string name, int value)
    {
        await output.WriteLineAsync(new JsonObject { [name] = value }.ToJsonString());
        await output.FlushAsync();
    }

    private void Loop()
    {
        while (true)
        {
            var ready = _epoll.Wait(UntilNextDue());
            for (var i = 0; i < ready; i++)
            {
                Serve(_epoll.TokenOf(i));
            }

            while (_due.TryPeek(out var step, out var at) && at <= Stopwatch.GetTimestamp())
            {
                _due.Dequeue();
                Answer(step.Connection, step.Behaviour, step.Step);
            }
        }
    }

    private int UntilNextDue() =>
        _due.TryPeek(out _, out var at)
            ? Math.Max(0, (int)Math.Ceiling(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), at).TotalMilliseconds))
            : Timeout.Infinite;

    private void Serve(int token)
    {
        if (token == ListenerToken)
        {
            Accept();
            return;
        }

        if (_connections[token] is not { } connection)
        {
            return;
        }

        connection.GoOn();
        _paths.Clear();
        if (!connection.Read(_paths))
        {
            _connections[token] = null;
            connection.Close();
            return;
        }

        foreach (var path in _paths)
        {
            Begin(connection, path);
        }
    }

    private void Accept()
    {
        while (LibC.Accept(_listenerDescriptor) is var socket and >= 0)
        {
            var token = _connections.Count;
            _connections.Add(new OriginConnection(socket, _epoll, token));
            _epoll.Add(socket, token);
        }
    }

    private void Begin(OriginConnection connection, string path)
    {
        _asked.AddOrUpdate(path, 1, (_, count) => count + 1);
        var name = path.Split('/').ElementAtOrDefault(1) ?? "";
        var behaviour = OriginBehaviour.All.GetValueOrDefault(name, OriginBehaviour.None);
        var now = Stopwatch.GetTimestamp();
        var at = now + (long)(behaviour.Delay.TotalSeconds * Stopwatch.Frequency);
        if (name == "together")
        {
            _togetherAt = _togetherAt < now ? at : _togetherAt;
            at = _togetherAt;
        }

        _due.Enqueue((connection, behaviour, 0), at);
    }

    private void Answer(OriginConnection connection, OriginBehaviour behaviour, int step)
    {
        connection.Send(
            step == 0 ? behaviour.Answer
            : step <= behaviour.Pieces ? OriginBehaviour.Piece
            : OriginBehaviour.LastPiece
        );
        if (step == 0 && behaviour.Pieces > 0)
        {
            // The first piece follows its head at once.
            Answer(connection, behaviour, 1);
        }
        else if (step > 0 && step <= behaviour.Pieces)
        {
            _due.Enqueue(
                (connection, behaviour, step + 1),
                Stopwatch.GetTimestamp() + (long)(PieceDistance.TotalSeconds * Stopwatch.Frequency)
            );
        }
    }
}
