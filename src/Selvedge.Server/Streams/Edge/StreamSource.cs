using Selvedge.Caching.Fields;
using Selvedge.Caching.Origins;
using Selvedge.Streams;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams.Edge;

/// <summary>One read of a stream as the cache's origin. It holds the stream's name and nothing of the client.</summary>
internal sealed class StreamSource(StreamOrigin origin, StreamInfo stream, in ReadRequest read)
    : IOrigin,
        IOriginCall,
        IRequestFields
{
    private readonly bool _isPoll = read.Live is LiveMode.LongPoll;
    private readonly ReadFrom _from = read.From;

    /// <inheritdoc/>
    public IRequestFields Fields => this;

    /// <summary>None: an answer depends on nothing but the stream and the position.</summary>
    public string? Get(string name) => null;

    /// <inheritdoc/>
    public IOriginCall Compose() => this;

    /// <inheritdoc/>
    public ValueTask<OriginReply> PassAsync(CancellationToken cancellationToken) =>
        SendAsync(validators: null, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<OriginReply> SendAsync(Validators? validators, CancellationToken cancellationToken)
    {
        try
        {
            // A long-poll's page may have grown, so it is read again.
            return await (
                _isPoll
                    ? origin.PollAsync(stream, _from.IsNow ? stream.Tail : _from.Position, _from.IsNow, cancellationToken)
                    : origin.ReadAsync(stream.Name, stream.Id, _from, validators, cancellationToken)
            );
        }
        catch (StreamStoreException)
        {
            return ReplyComposer.Error(StreamError.Unavailable);
        }
    }
}
