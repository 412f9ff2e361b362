using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Selvedge.BuildOutput.Files;

/// <summary>Feeds hashes with names and contents, so that no two different sequences of them look alike.</summary>
internal static class ContentHashing
{
    /// <summary>Adds a text, its length first.</summary>
    public static void AppendText(this IncrementalHash hash, string text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        var bytes = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    /// <summary>Adds a directory's files and links; all files must have digests.</summary>
    public static void AppendContent(this IncrementalHash hash, DirectoryContent content, FileDigests digests)
    {
        foreach (var (path, source) in content.Files)
        {
            hash.AppendText(path);
            hash.AppendData(digests[source].Sha256);
        }

        hash.AppendText("links");
        foreach (var (path, text) in content.Links)
        {
            hash.AppendText(path);
            hash.AppendText(text);
        }
    }
}
