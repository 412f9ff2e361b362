namespace Selvedge.Functions.Wire;

/// <summary>Takes apart what is received over a link, in whatever pieces it arrives.</summary>
internal sealed class FrameReader
{
    private readonly byte[] _partial = new byte[Frame.Size];
    private int _partialLength;
    private uint _channel;
    private int _left;

    /// <summary>Takes the next thing off the beginning of what was received.</summary>
    /// <param name="received">What was received; the rest of it afterwards.</param>
    /// <param name="frame">
    /// The frame. For <see cref="FrameKind.Data"/> its number is that of the bytes which are here, and the others come as if in frames
    /// of their own.
    /// </param>
    /// <param name="data">The bytes of <see cref="FrameKind.Data"/>.</param>
    /// <returns>Whether there was something; otherwise all that was received has been taken.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> received, out Frame frame, out ReadOnlySpan<byte> data)
    {
        data = default;
        frame = default;
        while (received.Length > 0)
        {
            if (_left > 0)
            {
                data = Take(ref received, _left);
                _left -= data.Length;
                frame = new(_channel, FrameKind.Data, data.Length);
                return true;
            }

            var piece = Take(ref received, Frame.Size - _partialLength);
            if (piece.Length < Frame.Size)
            {
                piece.CopyTo(_partial.AsSpan(_partialLength));
                _partialLength += piece.Length;
                if (_partialLength < Frame.Size)
                {
                    return false;
                }

                piece = _partial;
                _partialLength = 0;
            }

            frame = Frame.Read(piece);
            if (frame.Kind != FrameKind.Data)
            {
                return true;
            }

            (_channel, _left) = (frame.Channel, frame.Number);
        }

        return false;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> source, int most)
    {
        var taken = source[..Math.Min(source.Length, most)];
        source = source[taken.Length..];
        return taken;
    }
}
