using System.IO.Pipelines;
using System.Net;
using System.Text;

namespace Selvedge.Cli.Tests;

/// <summary>A request body of unknown length that a test writes while the request is under way.</summary>
internal sealed class HeldBody : HttpContent
{
    private readonly Pipe _pipe = new();

    /// <summary>Writes some of it.</summary>
    public async Task WriteAsync(string text) => await _pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>Says that this was all.</summary>
    public void End() => _pipe.Writer.Complete();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.FlushAsync();
        await using var body = _pipe.Reader.AsStream();
        var buffer = new byte[1024];
        while (await body.ReadAsync(buffer) is > 0 and var count)
        {
            await stream.WriteAsync(buffer.AsMemory(0, count));
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
