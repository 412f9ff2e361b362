using System.Text;
using Selvedge.Streams.Protocol;
using Selvedge.Testing;

namespace Selvedge.Streams.Tests.Contract;

/// <summary>What every store must do. A new engine passes this class before it is used, whatever it is made of.</summary>
public abstract class StreamStoreContract : IAsyncLifetime
{
    private const string Name = "_default/notes";

    protected ManualClock Clock { get; } = new();

    protected IStreamStore Store { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Create_NewName_MakesAnEmptyOpenStream()
    {
        var (outcome, stream) = await CreateAsync();

        Assert.Equal(CreateOutcome.Created, outcome);
        Assert.Equal((0, false), (stream!.Tail, stream.IsClosed));
    }

    [Fact]
    public async Task Create_WithContent_HoldsIt()
    {
        await CreateAsync(content: "first");

        Assert.Equal("first", await ReadAllAsync());
    }

    [Fact]
    public async Task Create_KnownName_GivesTheStreamThatIsThere()
    {
        await CreateAsync(content: "first");

        var (outcome, stream) = await CreateAsync(content: "second");

        Assert.Equal((CreateOutcome.Exists, 5), (outcome, stream!.Tail));
        Assert.Equal("first", await ReadAllAsync());
    }

    [Fact]
    public async Task Create_AfterDelete_IsAnotherStream()
    {
        var (_, before) = await CreateAsync(content: "first");
        await Store.DeleteAsync(Name, Ct);

        var (outcome, after) = await CreateAsync();

        Assert.Equal(CreateOutcome.Created, outcome);
        Assert.NotEqual(before!.Id, after!.Id);
        Assert.Equal("", await ReadAllAsync());
    }

    [Fact]
    public async Task Append_ToAStream_AddsAtItsTail()
    {
        await CreateAsync(content: "ab");

        var result = await AppendAsync("cde");

        Assert.Equal((AppendOutcome.Appended, 5), (result.Outcome, result.Tail));
        Assert.Equal("abcde", await ReadAllAsync());
    }

    [Fact]
    public async Task Append_NoSuchStream_IsNotFound()
    {
        Assert.Equal(AppendOutcome.NotFound, (await AppendAsync("x")).Outcome);
    }

    [Fact]
    public async Task Append_OtherContentType_IsRefused()
    {
        await CreateAsync();

        var result = await Store.AppendAsync(Name, new AppendToStream { Content = Bytes("x"), ContentType = "text/html" }, Ct);

        Assert.Equal(AppendOutcome.ContentTypeMismatch, result.Outcome);
    }

    [Fact]
    public async Task Append_ToAClosedStream_IsRefusedAndTellsTheTail()
    {
        await CreateAsync(content: "end");
        await AppendAsync("", close: true);

        var result = await AppendAsync("more");

        Assert.Equal((AppendOutcome.Closed, 3, true), (result.Outcome, result.Tail, result.IsClosed));
    }

    [Fact]
    public async Task Close_Twice_IsADuplicate()
    {
        await CreateAsync();
        await AppendAsync("", close: true);

        Assert.Equal(AppendOutcome.Duplicate, (await AppendAsync("", close: true)).Outcome);
    }

    [Fact]
    public async Task Close_WithContent_AddsItAndCloses()
    {
        await CreateAsync();

        var result = await AppendAsync("last", close: true);

        Assert.Equal((AppendOutcome.Appended, true), (result.Outcome, result.IsClosed));
        Assert.True((await FindAsync())!.IsClosed);
        Assert.Equal("last", await ReadAllAsync());
    }

    [Fact]
    public async Task Producer_SameSequenceAgain_IsADuplicateAndAddsNothing()
    {
        await CreateAsync();
        await AppendAsync("a", new ProducerClaim("p", 0, 0));

        var again = await AppendAsync("a", new ProducerClaim("p", 0, 0));

        Assert.Equal((AppendOutcome.Duplicate, 0L), (again.Outcome, again.ProducerSequence));
        Assert.Equal("a", await ReadAllAsync());
    }

    [Fact]
    public async Task Producer_SkippedSequence_IsAGapAndNamesTheExpectedOne()
    {
        await CreateAsync();
        await AppendAsync("a", new ProducerClaim("p", 0, 0));

        var result = await AppendAsync("c", new ProducerClaim("p", 0, 2));

        Assert.Equal((AppendOutcome.SequenceGap, 1L), (result.Outcome, result.ProducerSequence));
    }

    [Fact]
    public async Task Producer_OlderEpoch_IsFencedEvenOnAClosedStream()
    {
        await CreateAsync();
        await AppendAsync("a", new ProducerClaim("p", 1, 0));
        await AppendAsync("", close: true);

        var result = await AppendAsync("b", new ProducerClaim("p", 0, 0));

        Assert.Equal((AppendOutcome.StaleEpoch, 1L), (result.Outcome, result.Epoch));
    }

    [Fact]
    public async Task Producer_NewEpochNotAtZero_IsRefused()
    {
        await CreateAsync();
        await AppendAsync("a", new ProducerClaim("p", 0, 0));

        Assert.Equal(AppendOutcome.EpochStart, (await AppendAsync("b", new ProducerClaim("p", 1, 1))).Outcome);
    }

    [Fact]
    public async Task Producer_RetryOfItsClose_IsADuplicateWhateverTheBody()
    {
        await CreateAsync();
        await AppendAsync("end", new ProducerClaim("p", 0, 0), close: true);

        Assert.Equal(AppendOutcome.Duplicate, (await AppendAsync("other", new ProducerClaim("p", 0, 0), close: true)).Outcome);
        Assert.Equal(AppendOutcome.Closed, (await AppendAsync("other", new ProducerClaim("p", 0, 1), close: true)).Outcome);
    }

    [Fact]
    public async Task Producer_ManyAtOnceWithTheSameSequence_OneIsAppended()
    {
        await CreateAsync();

        var tries = Enumerable
            .Range(0, 16)
            .Select(_ => Task.Run(() => AppendAsync("x", new ProducerClaim("p", 0, 0)).AsTask(), Ct));
        var results = await Task.WhenAll(tries);

        Assert.Single(results, result => result.Outcome == AppendOutcome.Appended);
        Assert.Equal("x", await ReadAllAsync());
    }

    [Fact]
    public async Task Sequence_NotGreater_IsRefused()
    {
        await CreateAsync();
        var request = new AppendToStream
        {
            Content = Bytes("x"),
            ContentType = "text/plain",
            Sequence = "b",
        };
        await Store.AppendAsync(Name, request, Ct);

        Assert.Equal(AppendOutcome.SequenceRegression, (await Store.AppendAsync(Name, request, Ct)).Outcome);
        Assert.Equal(
            AppendOutcome.SequenceRegression,
            (await Store.AppendAsync(Name, request with { Sequence = "B" }, Ct)).Outcome
        );
        Assert.Equal(AppendOutcome.Appended, (await Store.AppendAsync(Name, request with { Sequence = "ba" }, Ct)).Outcome);
    }

    [Fact]
    public async Task Read_FromTheMiddle_GivesTheRest()
    {
        await CreateAsync(content: "abc");
        await AppendAsync("def");
        var buffer = new byte[3];

        var read = await Store.ReadAsync((await FindAsync())!, 2, buffer, Ct);

        Assert.Equal("cde", Encoding.UTF8.GetString(buffer, 0, read));
    }

    [Fact]
    public async Task Read_OfADeletedIncarnation_IsGone()
    {
        await CreateAsync(content: "abc");
        var old = (await FindAsync())!;
        await Store.DeleteAsync(Name, Ct);
        await CreateAsync(content: "xyz");

        Assert.Equal(-1, await Store.ReadAsync(old, 0, new byte[3], Ct));
    }

    [Fact]
    public async Task Read_LargeContent_ComesBackWhole()
    {
        await CreateAsync();
        var large = new string('x', 100_000) + new string('y', 100_000);
        await AppendAsync(large);
        await AppendAsync("z");

        Assert.Equal(large + "z", await ReadAllAsync());
    }

    [Fact]
    public async Task Wait_AnAppend_EndsTheWait()
    {
        await CreateAsync();
        var seen = (await FindAsync())!;

        var waiting = Store.WaitForChangeAsync(seen, TimeSpan.FromMinutes(1), Ct).AsTask();
        Assert.False(waiting.IsCompleted);
        await AppendAsync("x");

        Assert.True(await waiting);
    }

    [Fact]
    public async Task Wait_WhatHasChangedAlready_DoesNotWait()
    {
        await CreateAsync();
        var seen = (await FindAsync())!;
        await AppendAsync("x");

        Assert.True(await Store.WaitForChangeAsync(seen, TimeSpan.FromMinutes(1), Ct));
    }

    [Fact]
    public async Task Wait_ADelete_EndsTheWait()
    {
        await CreateAsync();
        var waiting = Store.WaitForChangeAsync((await FindAsync())!, TimeSpan.FromMinutes(1), Ct).AsTask();

        await Store.DeleteAsync(Name, Ct);

        Assert.True(await waiting);
    }

    [Fact]
    public async Task Wait_NoChange_EndsWithPatience()
    {
        await CreateAsync();
        var others = Clock.ArmedTimers;
        var waiting = Store.WaitForChangeAsync((await FindAsync())!, TimeSpan.FromSeconds(4), Ct).AsTask();

        await Clock.WaitForTimersAsync(others + 1);
        Clock.Advance(TimeSpan.FromSeconds(4));

        Assert.False(await waiting);
    }

    [Fact]
    public async Task Ttl_WithoutUse_EndsTheStream()
    {
        await CreateAsync(lifetime: new Lifetime(10, null));

        Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(await FindAsync());
        Assert.Equal(AppendOutcome.NotFound, (await AppendAsync("x")).Outcome);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("append")]
    [InlineData("close")]
    [InlineData("close again")]
    public async Task Ttl_Use_StartsItAgain(string use)
    {
        await CreateAsync(lifetime: new Lifetime(10, null));
        if (use == "close again")
            await AppendAsync("", close: true);
        Clock.Advance(TimeSpan.FromSeconds(9));

        if (use == "read")
            await Store.FindAsync(Name, StreamUse.Touch, Ct);
        else
            await AppendAsync(use == "append" ? "x" : "", close: use != "append");
        Clock.Advance(TimeSpan.FromSeconds(9));

        Assert.NotNull(await FindAsync());
    }

    [Fact]
    public async Task Ttl_Peek_DoesNotStartItAgain()
    {
        await CreateAsync(lifetime: new Lifetime(10, null));
        Clock.Advance(TimeSpan.FromSeconds(9));
        await FindAsync();

        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task ExpiresAt_DespiteUse_EndsTheStream()
    {
        await CreateAsync(lifetime: new Lifetime(null, Clock.GetUtcNow().AddSeconds(10)));
        Clock.Advance(TimeSpan.FromSeconds(9));
        await AppendAsync("x");

        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Fork_AtAPosition_SharesWhatCameBefore()
    {
        var (_, source) = await CreateAsync(content: "shared-own");

        await ForkAsync("_default/fork", source!, position: 7);
        await AppendAsync("fork", name: "_default/fork");
        await AppendAsync("!");

        Assert.Equal("shared-fork", await ReadAllAsync("_default/fork"));
        Assert.Equal("shared-own!", await ReadAllAsync());
    }

    [Fact]
    public async Task Fork_OfAFork_ReadsThroughBoth()
    {
        var (_, source) = await CreateAsync(content: "aaa");
        var (_, middle) = await ForkAsync("_default/middle", source!, position: 2);
        await AppendAsync("bbb", name: "_default/middle");

        await ForkAsync("_default/leaf", middle! with { Tail = 5 }, position: 4);
        await AppendAsync("c", name: "_default/leaf");

        Assert.Equal("aabbc", await ReadAllAsync("_default/leaf"));
    }

    [Fact]
    public async Task Fork_PastTheTail_IsRefused()
    {
        var (_, source) = await CreateAsync(content: "abc");

        Assert.Equal(CreateOutcome.ForkPastTail, (await ForkAsync("_default/fork", source!, position: 4)).Outcome);
    }

    [Fact]
    public async Task Fork_OfTooManyForks_IsRefusedAtSomePoint()
    {
        var (outcome, source) = await CreateAsync(content: "abc");
        for (var depth = 0; depth < 1000 && outcome == CreateOutcome.Created; depth++)
        {
            (outcome, var fork) = await ForkAsync($"_default/{depth}", source!, position: 3);
            source = fork ?? source;
        }

        Assert.Equal(CreateOutcome.ForkTooDeep, outcome);
        Assert.Equal("abc", await ReadAllAsync(source!.Name));
    }

    [Fact]
    public async Task Fork_OfAStreamMadeAgain_IsNotFound()
    {
        var (_, source) = await CreateAsync(content: "abc");
        await Store.DeleteAsync(Name, Ct);
        await CreateAsync(content: "xyz");

        Assert.Equal(CreateOutcome.SourceNotFound, (await ForkAsync("_default/fork", source!, position: 1)).Outcome);
    }

    [Fact]
    public async Task Delete_OfASource_KeepsItForItsForksAndItsNameTaken()
    {
        var (_, source) = await CreateAsync(content: "abc");
        await ForkAsync("_default/fork", source!, position: 3);

        Assert.Equal(StreamPresence.Found, await Store.DeleteAsync(Name, Ct));

        Assert.Equal(StreamPresence.Gone, (await Store.FindAsync(Name, StreamUse.Peek, Ct)).Presence);
        Assert.Equal(StreamPresence.Gone, await Store.DeleteAsync(Name, Ct));
        Assert.Equal(AppendOutcome.Gone, (await AppendAsync("x")).Outcome);
        Assert.Equal(CreateOutcome.NameGone, (await CreateAsync()).Outcome);
        Assert.Equal("abc", await ReadAllAsync("_default/fork"));
    }

    [Fact]
    public async Task Delete_OfTheLastFork_FreesTheSourcesName()
    {
        var (_, source) = await CreateAsync(content: "abc");
        var (_, middle) = await ForkAsync("_default/middle", source!, position: 3);
        await ForkAsync("_default/leaf", middle!, position: 3);
        await Store.DeleteAsync(Name, Ct);
        await Store.DeleteAsync("_default/middle", Ct);

        await Store.DeleteAsync("_default/leaf", Ct);

        Assert.Equal(CreateOutcome.Created, (await CreateAsync()).Outcome);
        Assert.Null((await Store.FindAsync("_default/middle", StreamUse.Peek, Ct)).Stream);
    }

    [Fact]
    public async Task Delete_NoSuchStream_IsNotFound()
    {
        Assert.Equal(StreamPresence.NotFound, await Store.DeleteAsync(Name, Ct));
    }

    [Fact]
    public async Task Expiry_OfASource_KeepsItForItsForks()
    {
        var (_, source) = await CreateAsync(content: "abc", lifetime: new Lifetime(10, null));
        await ForkAsync("_default/fork", source!, position: 3);

        Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(StreamPresence.Gone, (await Store.FindAsync(Name, StreamUse.Peek, Ct)).Presence);
        Assert.Equal("abc", await ReadAllAsync("_default/fork"));
    }

    [Fact]
    public async Task List_Prefix_GivesTheStreamsUnderIt()
    {
        await CreateAsync();
        await Store.CreateAsync("other/notes", Request(), Ct);

        var names = new List<string>();
        await foreach (var stream in Store.ListAsync("_default/", "", Ct))
            names.Add(stream.Name);

        Assert.Equal([Name], names);
    }

    [Fact]
    public async Task List_AfterAName_GoesOnInOrder()
    {
        // More than a store may be expected to look up at once.
        for (var i = 299; i >= 0; i--)
            await Store.CreateAsync($"_default/{i:d3}", Request(), Ct);
        await Store.DeleteAsync("_default/299", Ct);

        var names = new List<string>();
        await foreach (var stream in Store.ListAsync("_default/", "_default/009", Ct))
            names.Add(stream.Name);

        Assert.Equal(Enumerable.Range(10, 289).Select(i => $"_default/{i:d3}"), names);
    }

    [Fact]
    public async Task List_NameMadeAgain_IsThereOnce()
    {
        await CreateAsync();
        await Store.DeleteAsync(Name, Ct);
        var (_, again) = await CreateAsync();

        var found = new List<StreamInfo>();
        await foreach (var stream in Store.ListAsync("", "", Ct))
            found.Add(stream);

        Assert.Equal(again!.Id, Assert.Single(found).Id);
    }

    [Fact]
    public async Task Append_ManyWritersAtOnce_KeepsEveryoneAndEachOnesOrder()
    {
        await CreateAsync();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 8),
            Ct,
            async (writer, _) =>
            {
                for (var i = 0; i < 50; i++)
                    await AppendAsync($"{writer}:{i};");
            }
        );

        var all = (await ReadAllAsync()).Split(';', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(400, all.Length);
        foreach (var own in all.GroupBy(item => item[0]))
            Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{own.Key}:{i}"), own);
    }

    [Theory]
    [InlineData(StreamUse.Touch, true)]
    [InlineData(StreamUse.Peek, false)]
    public async Task Ttl_AppendThatIsNoUse_DoesNotStartItAgain(StreamUse use, bool lives)
    {
        await CreateAsync(lifetime: new Lifetime(10, null));
        Clock.Advance(TimeSpan.FromSeconds(9));
        var append = new AppendToStream
        {
            Content = Bytes("x"),
            ContentType = "text/plain",
            Use = use,
        };

        Assert.Equal(AppendOutcome.Appended, (await Store.AppendAsync(Name, append, Ct)).Outcome);
        Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(lives, await FindAsync() is not null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_Publicity_IsKept(bool isPublic)
    {
        var end = Clock.GetUtcNow().AddSeconds(50);
        var config = new StreamConfig("text/plain", new Lifetime(null, end), null) { IsPublic = isPublic };

        await Store.CreateAsync(Name, new CreateStream { Config = config }, Ct);

        Assert.Equal(config, (await FindAsync())!.Config);
    }

    [Fact]
    public async Task Append_OfAnOlderEpoch_TellsTheProducersStateAndAddsNothing()
    {
        await CreateAsync();
        await AppendAsync("x", new ProducerClaim("fanout:1", 17, 0));

        var known = await AppendAsync("y", new ProducerClaim("fanout:1", 0, 1));
        var unknown = await AppendAsync("y", new ProducerClaim("fanout:2", 0, 1));

        Assert.Equal((AppendOutcome.StaleEpoch, 17), (known.Outcome, known.Epoch));
        Assert.Equal(AppendOutcome.SequenceGap, unknown.Outcome);
        Assert.Equal("x", await ReadAllAsync());
    }

    protected abstract ValueTask<IStreamStore> OpenAsync();

    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static CreateStream Request(string content = "", Lifetime lifetime = default) =>
        new() { Config = new StreamConfig("text/plain", lifetime, Fork: null), Content = Bytes(content) };

    private ValueTask<CreateResult> CreateAsync(string content = "", Lifetime lifetime = default) =>
        Store.CreateAsync(Name, Request(content, lifetime), Ct);

    private ValueTask<CreateResult> ForkAsync(string name, StreamInfo source, long position)
    {
        var origin = new ForkOrigin(source.Name, position, 0, position);
        var request = new CreateStream { Config = new StreamConfig("text/plain", default, origin), ForkSourceId = source.Id };
        return Store.CreateAsync(name, request, Ct);
    }

    private ValueTask<AppendResult> AppendAsync(
        string content,
        ProducerClaim? producer = null,
        bool close = false,
        string name = Name
    )
    {
        var request = new AppendToStream
        {
            Content = Bytes(content),
            ContentType = content.Length == 0 ? null : "text/plain",
            Producer = producer,
            Close = close,
        };
        return Store.AppendAsync(name, request, Ct);
    }

    private async Task<StreamInfo?> FindAsync(string name = Name) => (await Store.FindAsync(name, StreamUse.Peek, Ct)).Stream;

    private async Task<string> ReadAllAsync(string name = Name)
    {
        var stream = (await FindAsync(name))!;
        var buffer = new byte[stream.Tail];
        Assert.Equal(stream.Tail, await Store.ReadAsync(stream, 0, buffer, Ct));
        return Encoding.UTF8.GetString(buffer);
    }
}
