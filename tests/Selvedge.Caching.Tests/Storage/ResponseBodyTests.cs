using System.Security.Cryptography;
using Selvedge.Caching.Storage;

namespace Selvedge.Caching.Tests.Storage;

public sealed class ResponseBodyTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData(200_000, 1)]
    [InlineData(200_000, 7_777)]
    [InlineData(null, 65_536)]
    [InlineData(10, 100)]
    public async Task Read_WhatWasAppendedInPieces_GivesTheSameBytes(int? expected, int piece)
    {
        var bytes = RandomNumberGenerator.GetBytes(piece == 1 ? 20_000 : 200_000);
        var body = new ResponseBody(expected);
        using var early = body.Read();
        for (var at = 0; at < bytes.Length; at += piece)
        {
            body.Append(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
        }

        body.Complete();
        using var late = body.Read();

        Assert.Equal(bytes, await AllAsync(early));
        Assert.Equal(bytes, await AllAsync(late));
        Assert.Equal(bytes.Length, body.Length);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(65_536, true)]
    [InlineData(65_537, false)]
    public void InOnePiece_UpToASegment_IsTheWholeBody(int length, bool expected)
    {
        var body = new ResponseBody(length);
        body.Append(RandomNumberGenerator.GetBytes(length));
        Assert.Null(body.InOnePiece);

        body.Complete();

        Assert.Equal(expected, body.InOnePiece is not null);
        Assert.Equal(expected ? length : null, body.InOnePiece?.Length);
    }

    [Fact]
    public async Task MakeRoom_AStalledReader_IsLeftBehindAndTheOthersGoOn()
    {
        var body = new ResponseBody(null);
        using var stalled = body.Read();
        using var quick = body.Read();
        var read = 0L;
        for (var i = 0; i < 100; i++)
        {
            body.Append(new byte[100_000]);
            while (read < body.Length)
            {
                read += (await quick.ReadAsync(default)).Length;
            }

            Assert.True(await body.MakeRoomAsync(1_000_000, default));
        }

        body.Complete();
        Assert.True((await quick.ReadAsync(default)).IsEmpty);
        await Assert.ThrowsAsync<BrokenBodyException>(async () => await stalled.ReadAsync(default));
        using var late = body.Read();
        await Assert.ThrowsAsync<BrokenBodyException>(async () => await late.ReadAsync(default));
        Assert.Null(body.InOnePiece);
    }

    [Fact]
    public async Task MakeRoom_TheOnlyReaderIsSlow_WaitsForIt()
    {
        var body = new ResponseBody(null);
        using var reader = body.Read();
        body.Append(new byte[2_000_000]);

        var room = body.MakeRoomAsync(1_000_000, default).AsTask();
        Assert.False(room.IsCompleted);
        for (var read = 0; read < 2_000_000; )
        {
            read += (await reader.ReadAsync(default)).Length;
        }

        // It is at the end of what has arrived, and says so when it asks for more.
        var more = reader.ReadAsync(default);
        Assert.True(await room);
        body.Complete();
        Assert.True((await more).IsEmpty);
    }

    [Fact]
    public async Task MakeRoom_NobodyReads_SaysSo()
    {
        var body = new ResponseBody(null);
        var reader = body.Read();
        body.Append(new byte[2_000_000]);
        var room = body.MakeRoomAsync(1_000_000, default).AsTask();

        reader.Dispose();

        Assert.False(await room);
    }

    private static async Task<byte[]> AllAsync(BodyReader reader)
    {
        var all = new MemoryStream();
        while (await reader.ReadAsync(default) is { IsEmpty: false } piece)
        {
            all.Write(piece.Span);
        }

        return all.ToArray();
    }
}
