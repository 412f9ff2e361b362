using System.Text;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Storage;
using Selvedge.Testing;

namespace Selvedge.Streams.Tests.Storage;

/// <summary>A log engine on a simulated disk, driven by hand.</summary>
internal sealed class LogHarness(SimulatedDevice device, LogSettings? settings = null)
{
    private const string Type = "text/plain";

    public SimulatedDevice Device { get; private set; } = device;

    public ManualClock Clock { get; } = new();

    public LogEngine Engine { get; private set; } = null!;

    /// <summary>The names and contents of all streams.</summary>
    public string Contents =>
        string.Join(
            ' ',
            Engine
                .Streams.Streams.OrderBy(stream => stream.Name, StringComparer.Ordinal)
                .Select(stream => $"{stream.Name}={Read(stream.Name)}")
        );

    public LogHarness Open()
    {
        Engine = LogEngine.Open(Device, settings ?? new LogSettings { WalBytes = 16 * 1024 }, Clock);
        return this;
    }

    /// <summary>Opens a copy of the disk, as the next process would find it.</summary>
    public LogHarness Reopen()
    {
        Device = Device.Copy();
        return Open();
    }

    public void Create(string name, string content = "", Lifetime lifetime = default)
    {
        var config = new StreamConfig(Type, lifetime, Fork: null);
        var request = new CreateStream { Config = config, Content = Encoding.UTF8.GetBytes(content) };
        Commit(Engine.Streams.CreateAsync(name, request, CancellationToken.None));
    }

    public AppendResult Append(string name, string content, ProducerClaim? producer = null) =>
        Commit(BeginAppend(name, content, producer));

    /// <summary>An append that is accepted and not committed.</summary>
    public ValueTask<AppendResult> BeginAppend(string name, string content, ProducerClaim? producer = null)
    {
        var request = new AppendToStream
        {
            Content = Encoding.UTF8.GetBytes(content),
            ContentType = Type,
            Producer = producer,
        };
        return Engine.Streams.AppendAsync(name, request, CancellationToken.None);
    }

    public void Delete(string name) => Commit(Engine.Streams.DeleteAsync(name, CancellationToken.None));

    public bool Exists(string name) =>
        Commit(Engine.Streams.FindAsync(name, StreamUse.Peek, CancellationToken.None)).Presence == StreamPresence.Found;

    public string? Read(string name)
    {
        var found = Commit(Engine.Streams.FindAsync(name, StreamUse.Peek, CancellationToken.None));
        if (found.Stream is not { } stream)
            return null;
        var buffer = new byte[stream.Tail];
        var read = Commit(Engine.Streams.ReadAsync(stream, 0, buffer, CancellationToken.None));
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    /// <summary>Settles everything that is full.</summary>
    public void Settle()
    {
        while (Engine.SettleNext(_ => CommitAll())) { }
    }

    public void CommitAll()
    {
        while (Engine.Log.CommitNext()) { }
    }

    private T Commit<T>(ValueTask<T> task)
    {
        var started = task.AsTask();
        CommitAll();
        return started.GetAwaiter().GetResult();
    }
}
