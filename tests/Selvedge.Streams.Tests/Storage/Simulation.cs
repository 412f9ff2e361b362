using System.Collections.Immutable;
using System.Text;
using Selvedge.Streams.Engine;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Storage;
using Selvedge.Testing;

namespace Selvedge.Streams.Tests.Storage;

/// <summary>
/// One schedule: writers, readers, deletions, forks, lifetimes that run out, commits, settlings and losses of power in an order that a seed
/// decides, on one thread and without any real time, checked against a model after every loss of power and at the end.
/// </summary>
internal sealed class Simulation(int seed)
{
    private const string Producer = "p";

    // As the engine has it: what nobody asks for is ended this late at most.
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);

    private static readonly string[] Names = ["a", "b", "c", "d"];
    private static readonly LogSettings Settings = new()
    {
        WalBytes = 16 * 1024,
        MaxUnsettled = int.MaxValue,
        MergeFan = 2,
    };

    private readonly Random _random = new(seed);
    private readonly SimulatedDevice _device = new();
    private readonly ManualClock _clock = new();

    // What has been acknowledged, then what has been accepted after it, change by change.
    private readonly List<(Task Durable, ImmutableDictionary<string, ModelStream> After)> _accepted = [];
    private ImmutableDictionary<string, ModelStream> _acknowledged = ImmutableDictionary<string, ModelStream>.Empty;

    // When each incarnation was used last, whether the log knows of it or not.
    private readonly Dictionary<int, long> _uses = [];
    private LogEngine _engine = null!;
    private DateTimeOffset _nextSweep;
    private int _incarnations;

    private long Time => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    private ImmutableDictionary<string, ModelStream> Model => _accepted.Count > 0 ? _accepted[^1].After : _acknowledged;

    /// <summary>Runs the schedule.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">The store and the model disagree; the message holds the seed.</exception>
    public void Run(int steps)
    {
        Open();
        for (var step = 0; step < steps; step++)
            Step();
        while (_engine.Log.CommitNext()) { }
        Acknowledge();
        CheckSame();
    }

    private void Step()
    {
        switch (_random.Next(100))
        {
            case < 41:
                Append();
                break;
            case < 51:
                Create();
                break;
            case < 56:
                Fork();
                break;
            case < 60:
                Delete();
                break;
            case < 64:
                Use();
                break;
            case < 72:
                PassTime();
                break;
            case < 88:
                _engine.Log.CommitNext();
                Acknowledge();
                break;
            case < 95:
                Settle();
                break;
            default:
                LosePower();
                break;
        }
    }

    private void Append()
    {
        var name = Pick();
        var close = _random.Next(20) == 0;
        var content = _random.Next(10) == 0 && close ? "" : Content();
        ProducerClaim? claim = _random.Next(2) == 0 ? null : new ProducerClaim(Producer, _random.Next(3), _random.Next(4));
        var request = new AppendToStream
        {
            Content = Encoding.UTF8.GetBytes(content),
            ContentType = content.Length > 0 ? "text/plain" : null,
            Close = close,
            Producer = claim,
        };
        _ = _engine.Streams.AppendAsync(name, request, CancellationToken.None).AsTask();
        EndIfOver(name, Time);
        var before = Model.GetValueOrDefault(name);
        if (ModelAppend(before, content, close, claim) is { } after)
        {
            NoteUse(after);
            Accept(Model.SetItem(name, after with { LastWrite = Time }));
        }
        else if (before is { IsGone: false } && before.IsRepeatedBy(content, claim))
        {
            // Whoever repeats an append uses the stream.
            NoteUse(before);
        }
    }

    private static ModelStream? ModelAppend(ModelStream? stream, string content, bool close, ProducerClaim? claim)
    {
        if (stream is null || stream.IsGone || stream.IsClosed)
            return null;
        var after = stream with { Content = stream.Content + content, IsClosed = close, ClosedBy = close ? claim : null };
        if (claim is not { } producer)
            return after;
        var next = stream.Epoch < 0 || producer.Epoch > stream.Epoch ? 0 : stream.LastSequence + 1;
        var accepted = producer.Epoch >= stream.Epoch && producer.Sequence == next;
        return accepted ? after with { Epoch = producer.Epoch, LastSequence = producer.Sequence } : null;
    }

    private void Create()
    {
        var name = Pick();
        var content = _random.Next(2) == 0 ? "" : Content();
        var request = new CreateStream
        {
            Config = new StreamConfig("text/plain", PickLifetime(), Fork: null),
            Content = Encoding.UTF8.GetBytes(content),
        };
        _ = _engine.Streams.CreateAsync(name, request, CancellationToken.None).AsTask();
        EndIfOver(name, Time);
        if (!Model.ContainsKey(name))
            Accept(Model.Add(name, Made(content, request.Config.Lifetime, source: null)));
    }

    private ModelStream Made(string content, Lifetime lifetime, string? source)
    {
        _uses[++_incarnations] = Time;
        return new ModelStream(content, IsClosed: false, -1, -1, _incarnations)
        {
            Source = source,
            Lifetime = lifetime,
            LastWrite = Time,
        };
    }

    private void Fork()
    {
        var (name, sourceName) = (Pick(), Pick());
        if (Find(sourceName) is not { Phase: StreamPhase.Live } source)
            return;
        var position = _random.Next((int)source.VisibleTail + 1);
        var request = new CreateStream
        {
            Config = new StreamConfig("text/plain", PickLifetime(), new ForkOrigin(sourceName, position, 0, position)),
            ForkSourceId = source.Id,
        };
        _ = _engine.Streams.CreateAsync(name, request, CancellationToken.None).AsTask();
        EndIfOver(name, Time);
        if (Model.ContainsKey(name))
            return;
        EndIfOver(sourceName, Time);
        if (Model.TryGetValue(sourceName, out var model) && !model.IsGone)
            Accept(Model.Add(name, Made(model.Content[..position], request.Config.Lifetime, sourceName)));
    }

    private void Use()
    {
        var name = Pick();
        if (Find(name) is null)
            return;
        _ = _engine.Streams.FindAsync(name, StreamUse.Touch, CancellationToken.None).AsTask();
        EndIfOver(name, Time);
        if (Model.TryGetValue(name, out var stream) && !stream.IsGone)
            NoteUse(stream);
    }

    /// <summary>The clock moves on, at times past the moment at which the engine ends what is over.</summary>
    private void PassTime()
    {
        // In the order in which the engine will meet them.
        var names = _engine.Streams.Streams.Select(stream => stream.Name).ToArray();
        _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(12_000)));
        if (_clock.GetUtcNow() < _nextSweep)
            return;
        foreach (var name in names)
            EndIfOver(name, _nextSweep.ToUnixTimeMilliseconds());
        _nextSweep += SweepInterval;
    }

    // A stream may have been given time for nothing by a restart, and keeps it.
    private void NoteUse(ModelStream stream) => _uses[stream.Incarnation] = Math.Max(_uses[stream.Incarnation], Time);

    private void EndIfOver(string name, long now)
    {
        if (Model.TryGetValue(name, out var stream) && !stream.IsGone && stream.Lifetime.HasEnded(_uses[stream.Incarnation], now))
            Accept(ModelDelete(name));
    }

    /// <summary>A stream of which it is certain that it was made, so that asking for it waits for nothing.</summary>
    private StreamState? Find(string name) =>
        _engine.Streams.Streams.FirstOrDefault(stream => stream.Name == name && stream.LifecycleCommit.IsCompletedSuccessfully);

    private Lifetime PickLifetime() =>
        _random.Next(4) switch
        {
            0 => new Lifetime(1 + _random.Next(40), null),
            1 => new Lifetime(null, _clock.GetUtcNow() + TimeSpan.FromSeconds(_random.Next(60))),
            _ => Lifetime.Endless,
        };

    private void Delete()
    {
        var name = Pick();
        _ = _engine.Streams.DeleteAsync(name, CancellationToken.None).AsTask();
        if (Model.TryGetValue(name, out var stream) && !stream.IsGone)
            Accept(ModelDelete(name));
    }

    private ImmutableDictionary<string, ModelStream> ModelDelete(string name)
    {
        var model = Model.SetItem(name, Model[name] with { IsGone = true });
        // Whatever is gone and has no forks left goes for good, and may take its source with it.
        while (
            model.FirstOrDefault(pair => pair.Value.IsGone && !model.Values.Any(fork => fork.Source == pair.Key))
                is { Key: { } free }
        )
            model = model.Remove(free);
        return model;
    }

    private void Settle()
    {
        _engine.SettleNext(durable =>
        {
            while (!durable.IsCompleted && _engine.Log.CommitNext()) { }
        });
        Acknowledge();
    }

    private void LosePower()
    {
        var isAllDurable = _engine.Log.WhenDurable().IsCompletedSuccessfully;
        // Its timers end with it.
        _ = _engine.Streams.DisposeAsync().AsTask();
        _device.Crash(_random);
        Open();

        // A group survives whole or not at all, so the store is as it was after some accepted change, not before the acknowledged ones.
        var found = Describe();
        if (found != Describe(_acknowledged))
        {
            var survived = _accepted.FindLastIndex(change => Describe(change.After) == found);
            Assert.True(
                survived >= 0,
                $"Seed {seed}: after a crash the store is\n{found}\nbut acknowledged was\n{Describe(_acknowledged)}"
            );
            _acknowledged = _accepted[survived].After;
        }

        _accepted.Clear();
        foreach (var stream in _engine.Streams.Streams)
            CheckLifetime(stream, _acknowledged[stream.Name], isAllDurable);
    }

    /// <summary>
    /// No use that was acknowledged may be forgotten, and a stream may get up to a tenth of its window for nothing. Uses the log knows nothing
    /// of are covered by that tenth.
    /// </summary>
    private void CheckLifetime(StreamState stream, ModelStream model, bool isAllDurable)
    {
        if (model.IsGone || model.Lifetime.TtlSeconds is not { } ttl)
            return;
        var use = _uses[model.Incarnation];
        var atLeast = isAllDurable ? use : model.LastWrite;
        var atMost = use + Math.Max(1000, ttl * 100);
        Assert.True(
            stream.LastUse >= atLeast && stream.LastUse <= atMost,
            $"Seed {seed}: after a crash '{stream.Name}' was used at {stream.LastUse}, not between {atLeast} and {atMost}"
        );
        _uses[model.Incarnation] = stream.LastUse;
    }

    private void Open()
    {
        _engine = LogEngine.Open(_device, Settings, _clock);
        _nextSweep = _clock.GetUtcNow() + SweepInterval;
    }

    // The log's own task, since it completes on this thread; an answer's would come when the thread pool likes.
    private void Accept(ImmutableDictionary<string, ModelStream> after) => _accepted.Add((_engine.Log.WhenDurable(), after));

    private void Acknowledge()
    {
        var done = _accepted.FindLastIndex(change => change.Durable.IsCompletedSuccessfully);
        if (done < 0)
            return;
        _acknowledged = _accepted[done].After;
        _accepted.RemoveRange(0, done + 1);
    }

    private void CheckSame() =>
        Assert.True(Describe() == Describe(Model), $"Seed {seed}: {Describe()}\nis not\n{Describe(Model)}");

    private static string Describe(ImmutableDictionary<string, ModelStream> model) =>
        string.Join('\n', model.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private string Describe() =>
        string.Join(
            '\n',
            _engine
                .Streams.Streams.OrderBy(stream => stream.Name, StringComparer.Ordinal)
                .Select(stream => $"{stream.Name}={Describe(stream)}")
        );

    private string Describe(StreamState stream)
    {
        if (stream.Phase == StreamPhase.Gone)
            return "gone";
        // Not by asking for it, which would end a stream whose time is over.
        StreamInfo info;
        lock (stream.Gate)
            info = stream.Info_NeedsLock();
        var buffer = new byte[info.Tail];
        var read = Now(_engine.Streams.ReadAsync(info, 0, buffer, CancellationToken.None));
        var producer = stream.Producers?.GetValueOrDefault(Producer) ?? new ProducerState(-1, -1);
        return $"{ModelStream.Brief(Encoding.UTF8.GetString(buffer, 0, read))}|{info.IsClosed}|{producer.Epoch}:{producer.LastSequence}";
    }

    private static T Now<T>(ValueTask<T> task)
    {
        Assert.True(task.IsCompleted, "Nothing waits once everything is committed.");
        return task.GetAwaiter().GetResult();
    }

    private string Pick() => Names[_random.Next(Names.Length)];

    private string Content()
    {
        // Mostly short, at times longer than a sector, and rarely so long that it is read back from the log.
        var length = _random.Next(20) switch
        {
            0 => 3000,
            < 4 => 700,
            _ => 1 + _random.Next(30),
        };
        return new string((char)('a' + _random.Next(26)), length);
    }
}
