using System.Collections.Immutable;
using System.Text;
using Selvedge.Streams.Engine;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Storage;
using Selvedge.Testing;

namespace Selvedge.Streams.Tests.Storage;

/// <summary>
/// One schedule: writers, deletions, forks, commits, settlings and losses of power in an order that a seed decides, on one thread and
/// without any real time, checked against a model after every loss of power and at the end.
/// </summary>
internal sealed class Simulation(int seed)
{
    private const string Producer = "p";

    private static readonly string[] Names = ["a", "b", "c", "d"];
    private static readonly LogSettings Settings = new() { WalBytes = 16 * 1024, MaxUnsettled = int.MaxValue };

    private readonly Random _random = new(seed);
    private readonly SimulatedDevice _device = new();
    private readonly ManualClock _clock = new();

    // What has been acknowledged, then what has been accepted after it, change by change.
    private readonly List<(Task Durable, ImmutableDictionary<string, ModelStream> After)> _accepted = [];
    private ImmutableDictionary<string, ModelStream> _acknowledged = ImmutableDictionary<string, ModelStream>.Empty;
    private LogEngine _engine = null!;
    private int _incarnations;

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
            case < 45:
                Append();
                break;
            case < 55:
                Create();
                break;
            case < 60:
                Fork();
                break;
            case < 65:
                Delete();
                break;
            case < 85:
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
        if (ModelAppend(Model.GetValueOrDefault(name), content, close, claim) is { } after)
            Accept(Model.SetItem(name, after));
    }

    private static ModelStream? ModelAppend(ModelStream? stream, string content, bool close, ProducerClaim? claim)
    {
        if (stream is null || stream.IsGone || stream.IsClosed)
            return null;
        var after = stream with { Content = stream.Content + content, IsClosed = close };
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
            Config = new StreamConfig("text/plain", default, Fork: null),
            Content = Encoding.UTF8.GetBytes(content),
        };
        _ = _engine.Streams.CreateAsync(name, request, CancellationToken.None).AsTask();
        if (!Model.ContainsKey(name))
            Accept(Model.Add(name, new ModelStream(content, IsClosed: false, -1, -1, ++_incarnations)));
    }

    private void Fork()
    {
        var (name, sourceName) = (Pick(), Pick());
        var found = _engine.Streams.FindAsync(sourceName, StreamUse.Peek, CancellationToken.None);
        if (!found.IsCompletedSuccessfully || found.Result.Stream is not { } source)
            return;
        var position = _random.Next((int)source.Tail + 1);
        var request = new CreateStream
        {
            Config = new StreamConfig("text/plain", default, new ForkOrigin(sourceName, position, 0, position)),
            ForkSourceId = source.Id,
        };
        _ = _engine.Streams.CreateAsync(name, request, CancellationToken.None).AsTask();
        if (Model.ContainsKey(name))
            return;
        var shared = Model[sourceName].Content[..position];
        var fork = new ModelStream(shared, IsClosed: false, -1, -1, ++_incarnations) { Source = sourceName };
        Accept(Model.Add(name, fork));
    }

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
    }

    private void Open() => _engine = LogEngine.Open(_device, Settings, _clock);

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
        var info = Now(_engine.Streams.FindAsync(stream.Name, StreamUse.Peek, CancellationToken.None)).Stream!;
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
