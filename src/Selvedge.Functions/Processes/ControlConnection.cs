using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Selvedge.Functions.Output;

namespace Selvedge.Functions.Processes;

/// <summary>
/// The line to a host process: one JSON object a line, each way. Its end is the first sign that the process is gone, and to the
/// process that the server is.
/// </summary>
internal sealed class ControlConnection : IDisposable
{
    /// <summary>Far above any message of the host's own; more is not from it.</summary>
    private const int MaxLineBytes = 256 * 1024;

    private readonly NetworkStream _stream;
    private readonly BoundedLineReader _reader;
    private readonly SemaphoreSlim _sending = new(1);

    private ControlConnection(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new BoundedLineReader(_stream, MaxLineBytes);
    }

    /// <summary>Waits for the one host process that was told of the listener.</summary>
    public static async Task<ControlConnection> AcceptAsync(Socket listener, CancellationToken cancellationToken) =>
        new(await listener.AcceptAsync(cancellationToken));

    /// <summary>Sends a message. A process that is gone does not hear it, which the end of the connection tells elsewhere.</summary>
    public async Task SendAsync<T>(T message, JsonTypeInfo<T> type)
        where T : ServerMessage
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, type), (byte)'\n'];
        try
        {
            await _sending.WaitAsync();
            try
            {
                await _stream.WriteAsync(line);
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException) { }
    }

    /// <summary>Reads the next message.</summary>
    /// <returns>The message; <see langword="null"/> when the connection has ended or speaks something else.</returns>
    public async ValueTask<HostMessage?> ReceiveAsync()
    {
        try
        {
            return await _reader.ReadLineAsync(CancellationToken.None) is { } line
                ? JsonSerializer.Deserialize(line, ControlJson.Default.HostMessage)
                : null;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _stream.Dispose();
}
