using Selvedge.Streams.Engine;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Storage;

/// <summary>The stored form of a <see cref="JournalRecord"/>. The content comes last, so its place follows from the record's end.</summary>
internal static class RecordCodec
{
    private const byte HasProducer = 1;
    private const byte HasSequence = 2;
    private const byte IsClosed = 4;
    private const int Numbers = 2 + (6 * sizeof(long));

    public static int MaxSize(in JournalRecord record)
    {
        var size = Numbers + record.Content.Length;
        if (record.Producer is { } producer)
            size += FieldWriter.MaxSize(producer.Id);
        if (record.Sequence is not null)
            size += FieldWriter.MaxSize(record.Sequence);
        if (record.Kind is RecordKind.Create)
            size += FieldWriter.MaxSize(record.Name) + ConfigCodec.MaxSize(record.Config!);
        return size;
    }

    /// <summary>Writes a record and returns its length.</summary>
    public static int Write(in JournalRecord record, Span<byte> target)
    {
        var fields = new FieldWriter(target);
        fields.Byte((byte)record.Kind);
        var flags = (record.Producer is null ? 0 : HasProducer) | (record.Sequence is null ? 0 : HasSequence);
        fields.Byte((byte)(flags | (record.IsClosed ? IsClosed : 0)));
        fields.UInt64(record.StreamId);
        fields.Int64(record.Time);
        fields.Int64(record.Position);
        if (record.Producer is { } producer)
        {
            fields.Text(producer.Id);
            fields.Int64(producer.Epoch);
            fields.Int64(producer.Sequence);
        }

        if (record.Sequence is not null)
            fields.Text(record.Sequence);
        if (record.Kind is RecordKind.Create)
        {
            fields.Text(record.Name!);
            fields.UInt64(record.ParentId);
            ConfigCodec.Write(record.Config!, ref fields);
        }

        fields.Bytes(record.Content);
        return fields.Length;
    }

    public static JournalRecord Read(ReadOnlySpan<byte> source)
    {
        var fields = new FieldReader(source);
        var kind = (RecordKind)fields.Byte();
        var flags = fields.Byte();
        var streamId = fields.UInt64();
        var time = fields.Int64();
        var position = fields.Int64();
        ProducerClaim? producer =
            (flags & HasProducer) == 0 ? null : new ProducerClaim(fields.Text(), fields.Int64(), fields.Int64());
        var sequence = (flags & HasSequence) == 0 ? null : fields.Text();
        var isCreate = kind is RecordKind.Create;
        var name = isCreate ? fields.Text() : null;
        var parentId = isCreate ? fields.UInt64() : 0;
        var config = isCreate ? ConfigCodec.Read(ref fields) : null;
        return new JournalRecord
        {
            Kind = kind,
            StreamId = streamId,
            Time = time,
            Position = position,
            IsClosed = (flags & IsClosed) != 0,
            Producer = producer,
            Sequence = sequence,
            Name = name,
            Config = config,
            ParentId = parentId,
            Content = fields.Rest,
        };
    }
}
