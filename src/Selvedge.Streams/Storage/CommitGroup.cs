using System.Buffers;
using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>Records that are written and flushed together, and everybody who waits for that.</summary>
internal sealed class CommitGroup(WalFile file, long start, long first)
{
    // Continuations run elsewhere: the thread that commits must not run a hundred answers.
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _length = Frame.HeaderSize;

    public WalFile File => file;

    /// <summary>Where in the file the frame begins.</summary>
    public long Start => start;

    public long First => first;

    public int Count { get; private set; }

    /// <summary>The content of its records, in bytes.</summary>
    public long ContentLength { get; private set; }

    public Task Durable => _durable.Task;

    public List<VisibleChange> Changes { get; } = [];

    /// <summary>The place the frame would take with <paramref name="more"/> bytes added.</summary>
    public int SizeWith(int more) => Frame.Align(_length + more);

    public int Size => Frame.Align(_length);

    /// <summary>Adds a record.</summary>
    /// <returns>Where in the file its content begins.</returns>
    public long Add(in JournalRecord record, in VisibleChange change, int maxSize)
    {
        Reserve(sizeof(int) + maxSize);
        var written = RecordCodec.Write(record, _buffer.AsSpan(_length + sizeof(int)));
        new FieldWriter(_buffer.AsSpan(_length)).Int32(written);
        _length += sizeof(int) + written;
        Count++;
        ContentLength += record.Content.Length;
        Note(change);
        return start + _length - record.Content.Length;
    }

    /// <summary>Makes the frame whole and returns it, zeros up to the next sector included.</summary>
    public ReadOnlySpan<byte> Seal()
    {
        Reserve(Frame.Sector);
        var frame = _buffer.AsSpan(0, Size);
        frame[_length..].Clear();
        new Frame(first, Count, _length - Frame.HeaderSize).Seal(frame);
        return frame;
    }

    public void Complete()
    {
        Release();
        _durable.TrySetResult();
    }

    public void Fail(Exception exception)
    {
        Release();
        _durable.TrySetException(exception);
        // Records nobody waits for fail too, and that is nobody's surprise.
        _ = _durable.Task.Exception;
    }

    /// <summary>Remembers what readers will see. Of changes to one stream in a row they see the last only, as all come at once.</summary>
    private void Note(in VisibleChange change)
    {
        if (Changes.Count > 0 && Changes[^1].Stream == change.Stream)
            Changes[^1] = change;
        else
            Changes.Add(change);
    }

    private void Reserve(int more)
    {
        if (_buffer.Length - _length >= more)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + more, _buffer.Length * 2));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    /// <summary>Gives the memory back. For a group that is dropped empty.</summary>
    public void Release()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
