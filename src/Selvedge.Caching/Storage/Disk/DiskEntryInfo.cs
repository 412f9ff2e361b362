namespace Selvedge.Caching.Storage.Disk;

/// <summary>What a list of a <see cref="DiskStore"/> says of an entry.</summary>
/// <param name="Key">The key.</param>
/// <param name="HeadLength">The length of its head, in bytes.</param>
/// <param name="BodyLength">The length of its body, in bytes.</param>
/// <param name="WrittenAt">When it was written.</param>
public sealed record DiskEntryInfo(string Key, int HeadLength, long BodyLength, DateTimeOffset WrittenAt);
