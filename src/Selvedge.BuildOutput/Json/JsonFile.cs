using System.Text.Json;
using System.Text.Unicode;
using Selvedge.BuildOutput.Files;

namespace Selvedge.BuildOutput.Json;

/// <summary>Reads a JSON file of an output, within a size, so that whoever uses it meets no surprises.</summary>
internal static class JsonFile
{
    /// <summary>Reads it, or says what keeps it from being read.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <param name="name">Its name in faults.</param>
    /// <param name="maxBytes">The most it may hold.</param>
    /// <param name="faults">Takes the fault.</param>
    /// <returns>The document; its strings all decode and no object has a key twice. <see langword="null"/> after a fault.</returns>
    public static JsonDocument? Read(string path, string name, long maxBytes, FaultLog faults)
    {
        var text = ReadText(path, name, maxBytes, faults);
        if (text is null)
            return null;
        if (!Utf8.IsValid(text))
        {
            faults.Add(name, "", "Is not JSON: it is not UTF-8 text.");
            return null;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            faults.Add(
                name,
                "",
                $"Is not JSON: it breaks off or goes wrong at line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}."
            );
            return null;
        }

        if (JsonText.FindFlaw(document.RootElement) is not { } flaw)
            return document;
        faults.Add(name, flaw.Key, flaw.Message);
        document.Dispose();
        return null;
    }

    private static byte[]? ReadText(string path, string name, long maxBytes, FaultLog faults)
    {
        try
        {
            if (!FileTypes.IsRegular(path))
            {
                faults.Add(name, "", "Is not a file.");
                return null;
            }

            using var handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
            var length = RandomAccess.GetLength(handle);
            if (length > maxBytes)
            {
                faults.Add(name, "", $"Is too large: {length} bytes, where {maxBytes} are allowed.");
                return null;
            }

            var text = new byte[length];
            var read = 0;
            for (int count; read < text.Length && (count = RandomAccess.Read(handle, text.AsSpan(read), read)) > 0; )
                read += count;
            return text.AsSpan(0, read).ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.AddUnreadable(name, e);
            return null;
        }
    }
}
