using System.Text;
using Selvedge.Functions.Wire;

namespace Selvedge.Functions.Tests.Wire;

/// <summary>A connection, and the other end of the link that carries it, by which a test plays the process.</summary>
internal sealed class ConnectionPair : IDisposable
{
    private readonly LinkPair _pair;
    private readonly Channel _channel;

    private ConnectionPair(LinkPair pair)
    {
        _pair = pair;
        _channel = pair.Link.Open();
        Connection = new Http1Connection(_channel);
    }

    public Http1Connection Connection { get; }

    public static async Task<ConnectionPair> CreateAsync() => new(await LinkPair.CreateAsync());

    /// <summary>Writes the text in frames of so many bytes.</summary>
    public async Task WriteAsync(string text, int piece)
    {
        foreach (var bytes in Encoding.Latin1.GetBytes(text).Chunk(piece))
        {
            await _pair.SendAsync(new(_channel.Id, FrameKind.Data, bytes.Length), bytes);
        }
    }

    /// <summary>Ends what the process says.</summary>
    public void Close() => _pair.EndPeer();

    public void Dispose()
    {
        Connection.Dispose();
        _pair.Dispose();
    }
}
