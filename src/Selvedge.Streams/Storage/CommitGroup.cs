using System.Buffers;
using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Storage;

/// <summary>Records that are written and flushed together, and everybody who waits for that.</summary>
internal sealed class CommitGroup(WalFile file, long start, long first)
{
    private readonly List<Answers> _answers = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _length = Frame.HeaderSize;

    public WalFile File => file;

    /// <summary>Where in the file the frame begins.</summary>
    public long Start => start;

    public long First => first;

    public int Count { get; private set; }

    /// <summary>The content of its records, in bytes.</summary>
    public long ContentLength { get; private set; }

    /// <summary>Completes when the record that was added last is durable, and with it all before it.</summary>
    public Task Durable => _answers[^1].Task;

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
        if (Count++ % Answers.Seats == 0)
            _answers.Add(new Answers());
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

    /// <summary>The group is flushed and readers see it: the answers go out.</summary>
    /// <param name="schedule">Has them run elsewhere, since a hundred answers would keep the thread that commits from the disk.</param>
    public void Complete(Action<IThreadPoolWorkItem> schedule)
    {
        Release();
        foreach (var answers in _answers)
            schedule(answers);
    }

    /// <summary>The group is lost.</summary>
    /// <param name="reason">What everybody who waits is told.</param>
    /// <param name="schedule">Has them run elsewhere.</param>
    public void Fail(Exception reason, Action<IThreadPoolWorkItem> schedule)
    {
        Release();
        foreach (var answers in _answers)
        {
            answers.Refusal = reason;
            schedule(answers);
        }
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
