namespace Selvedge.BuildOutput.Files;

/// <summary>What a file holds, in short.</summary>
/// <param name="Sha256">The SHA-256 of its content.</param>
/// <param name="Length">Its size in bytes, as hashed.</param>
/// <param name="LastModified">When it was last written, cut to whole seconds as <c>Last-Modified</c> is.</param>
internal sealed record FileDigest(byte[] Sha256, long Length, DateTimeOffset LastModified)
{
    /// <summary>The strong entity tag: 128 bits of the hash, which no two files of a deployment share by chance.</summary>
    public string ETag => $"\"{Convert.ToHexStringLower(Sha256.AsSpan(0, 16))}\"";
}
