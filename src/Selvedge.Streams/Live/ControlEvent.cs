namespace Selvedge.Streams.Live;

/// <summary>A control event and what it says.</summary>
internal sealed class ControlEvent(long next, long cursor, bool upToDate, bool closed, byte[] bytes)
{
    public byte[] Bytes => bytes;

    public bool Says(long itsNext, long itsCursor, bool itsUpToDate, bool itsClosed) =>
        next == itsNext && cursor == itsCursor && upToDate == itsUpToDate && closed == itsClosed;
}
