using System.Collections.Concurrent;
using System.Text;
using Selvedge.Server.Streams;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Streams;

/// <summary>Many readers at once, each on a connection of its own.</summary>
public sealed class CrowdTests
{
    [Fact]
    public async Task LongPoll_FiveHundredReadersAndTwentyWrites_ReadsTheStoreOnceAWrite()
    {
        const int Readers = 500;
        const int Writes = 20;
        await using var site = await StreamSite.StartAsync();
        await site.CreateAsync("s");
        var verdicts = new ConcurrentBag<string>();
        var delivered = Enumerable.Range(0, Writes).Select(_ => new TaskCompletionSource()).ToList();
        var deliveries = 0;
        var readers = Enumerable.Range(0, Readers).Select(_ => FollowAsync(site, "s", Note)).ToList();

        var written = new StringBuilder();
        for (var write = 0; write < Writes; write++)
        {
            written.Append(write).Append(';');
            await site.AppendAsync("s", $"{write};");
            await delivered[write].Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        await site.CloseAsync("s");

        // Every byte once and in order, for everybody.
        Assert.All(await Task.WhenAll(readers), text => Assert.Equal(written.ToString(), text));
        Assert.Equal(Writes, site.OriginReads);
        Assert.Equal(Writes, verdicts.Count(verdict => verdict == "MISS"));
        Assert.Equal((Readers - 1) * Writes, verdicts.Count(verdict => verdict == "HIT"));
        Assert.Equal(0, site.Cache.Fetches);

        void Note(string verdict)
        {
            verdicts.Add(verdict);
            if (Math.DivRem(Interlocked.Increment(ref deliveries), Readers) is (var round, 0))
                delivered[round - 1].SetResult();
        }
    }

    [Fact]
    public async Task LongPoll_ReadersThatCameOnDifferentWays_ShareOneRead()
    {
        await using var site = await StreamSite.StartAsync();
        await site.CreateAsync("s");
        var readers = new List<Task<HttpAnswer>>();
        for (var cursor = 0; cursor < 50; cursor++)
            readers.Add(await site.WaitingAsync(() => site.PollAsync("s", cursor: $"{1_000_000_000 + cursor}")));

        await site.AppendAsync("s", "x");
        var answers = await Task.WhenAll(readers);

        Assert.Equal(1, site.OriginReads);
        for (var cursor = 0; cursor < 50; cursor++)
            Assert.Equal($"{1_000_000_001 + cursor}", answers[cursor]["Stream-Cursor"]);
    }

    [Fact]
    public async Task LongPoll_WhoseFirstReaderLeaves_GoesOnForTheOthers()
    {
        await using var site = await StreamSite.StartAsync();
        await site.CreateAsync("s");
        using var first = await RawConnection.OpenAsync(site.Address);
        var waits = site.ReadersAsync(1);
        await first.GetAsync("/v1/stream/s?offset=-1&live=long-poll");
        await waits;
        var second = await site.WaitingAsync(() => site.PollAsync("s"));

        first.Dispose();
        await site.AppendAsync("s", "x");
        var answer = await second;

        Assert.Equal(("x", "HIT"), (answer.Body, answer["X-Cache"]));
    }

    [Fact]
    public async Task LongPoll_OfAStreamThatIsDeleted_TellsAllWhoWait()
    {
        await using var site = await StreamSite.StartAsync();
        await site.CreateAsync("s");
        var readers = new List<Task<HttpAnswer>>();
        for (var i = 0; i < 20; i++)
            readers.Add(await site.WaitingAsync(() => site.PollAsync("s")));

        await site.DeleteAsync("s");

        Assert.All(
            await Task.WhenAll(readers),
            answer => Assert.Equal((404, "no-store"), (answer.Status, answer["Cache-Control"]))
        );
        Assert.Equal(0, site.Cache.Count);
    }

    [Fact]
    public async Task LongPoll_AtTheEndOfTheServer_IsAnsweredAtOnce()
    {
        await using var site = await StreamSite.StartAsync();
        await site.CreateAsync("s");
        var one = await site.WaitingAsync(() => site.PollAsync("s"));
        var other = await site.WaitingAsync(() => site.PollAsync("s"));

        site.EndLiveReads();

        Assert.Equal((204, 204), ((await one).Status, (await other).Status));
    }

    [Fact]
    public async Task CatchUp_AThousandReaders_ReadEachPageOnce()
    {
        const int Pages = 20;
        await using var site = await StreamSite.StartAsync();
        var text = string.Concat(Enumerable.Range(0, Pages).Select(page => $"page {page:D10}|")) + "end";
        await site.CreateAsync("s", text);

        var readers = Enumerable.Range(0, 1000).Select(_ => CatchUpAsync(site, "s")).ToList();

        Assert.All(await Task.WhenAll(readers), read => Assert.Equal(text, read));
        // The last one ends at the tail: it is shared for a tenth of a second, and this clock stands still.
        Assert.Equal(Pages + 1, site.OriginReads);
    }

    /// <summary>Fails when a reader may get a read that was begun before the write it knows of.</summary>
    [Fact]
    public async Task ReadYourWrites_TwoHundredClientsThatAppendAndRead_AreNeverStale()
    {
        const int Clients = 200;
        const int Rounds = 10;
        await using var site = await StreamSite.StartAsync(new StreamOptions());
        await site.CreateAsync("s");

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(ClientAsync));

        Assert.True(site.OriginReads <= Clients * Rounds);
        async Task ClientAsync(int client)
        {
            for (var round = 0; round < Rounds; round++)
            {
                var mine = $"<{client}.{round}>";
                var appended = await site.AppendAsync("s", mine);
                var read = await site.ReadAsync("s");
                Assert.Contains(mine, read.Body, StringComparison.Ordinal);
                Assert.True(string.CompareOrdinal(read["Stream-Next-Offset"], appended["Stream-Next-Offset"]) >= 0);
                Assert.Equal("true", read["Stream-Up-To-Date"]);
            }
        }
    }

    [Fact]
    public async Task DeleteAndRecreate_WhileAThousandReadersPoll_ShowsNobodyTheOldStreamAfterwards()
    {
        const int Readers = 1000;
        const int Generations = 8;
        await using var site = await StreamSite.StartAsync();
        await site.CreateAsync("s", ContentOf(0));
        var acknowledged = 0;
        var readers = Enumerable.Range(0, Readers).Select(ReaderAsync).ToList();

        for (var generation = 1; generation <= Generations; generation++)
        {
            await site.DeleteAsync("s");
            Assert.Equal(201, (await site.CreateAsync("s", ContentOf(generation))).Status);
            Volatile.Write(ref acknowledged, generation);
        }

        await Task.WhenAll(readers);

        // Of one length in every generation: nothing but the incarnation tells their tags apart. Two pages and a little.
        static string ContentOf(int generation) => $"generation {generation:D4}{new string('x', 17)}!";
        static int GenerationOf(string body) => int.Parse(body.AsSpan("generation ".Length, 4));

        async Task ReaderAsync(int number)
        {
            var tag = "";
            var tagged = -1;
            for (var seen = 0; seen < Generations; )
            {
                seen = Volatile.Read(ref acknowledged);
                (string, string)[] condition = tag.Length > 0 ? [("If-None-Match", tag)] : [];
                var answer =
                    number % 2 == 0
                        ? await site.ReadAsync("s", "offset=-1", condition)
                        : await site.PollAsync("s", headers: condition);
                if (answer.Status == 404)
                    continue;
                var generation = answer.Status == 304 ? tagged : GenerationOf(answer.Body);
                Assert.True(generation >= seen, $"Reader {number} knew of {seen} and got {answer.Status} of {generation}.");
                (tag, tagged) = (answer["ETag"]!, generation);
            }
        }
    }

    /// <summary>Follows a stream to its end, and returns all it was given.</summary>
    private static async Task<string> FollowAsync(StreamSite site, string id, Action<string> note)
    {
        var text = new StringBuilder();
        var (offset, cursor) = ("-1", (string?)null);
        while (true)
        {
            var answer = await site.PollAsync(id, offset, cursor);
            if (answer.Status == 200)
            {
                text.Append(answer.Body);
                note(answer["X-Cache"]!);
            }

            (offset, cursor) = (answer["Stream-Next-Offset"]!, answer["Stream-Cursor"]);
            if (answer["Stream-Closed"] is not null)
                return text.ToString();
        }
    }

    private static async Task<string> CatchUpAsync(StreamSite site, string id)
    {
        var text = new StringBuilder();
        for (var offset = "-1"; ; )
        {
            var answer = await site.ReadAsync(id, $"offset={offset}");
            text.Append(answer.Body);
            if (answer["Stream-Up-To-Date"] is not null)
                return text.ToString();
            offset = answer["Stream-Next-Offset"];
        }
    }
}
