using System.Security.Cryptography;
using Selvedge.BuildOutput.Files;

namespace Selvedge.BuildOutput;

/// <summary>Names an output by what it holds.</summary>
internal static class Revision
{
    // 128 bits: outputs are not made to collide, and the name stays readable.
    private const int Bytes = 16;

    /// <summary>Hashes everything that makes a difference to an answer, in a fixed order.</summary>
    /// <param name="configPath">The output's <c>config.json</c>.</param>
    /// <param name="outputs">The outputs, in their order.</param>
    /// <param name="digests">The digests of all their files.</param>
    public static string Of(string configPath, OutputMerge outputs, FileDigests digests)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendFile("config", configPath);
        foreach (var file in outputs.Files)
            AppendFile(file.OutputPath, file.RealPath);
        foreach (var bundle in outputs.Bundles.OrderBy(static bundle => bundle.Name, StringComparer.Ordinal))
        {
            hash.AppendText(bundle.Name);
            hash.AppendContent(bundle.Content, digests);
        }

        foreach (var output in outputs.Functions)
        {
            hash.AppendText(output.OutputPath);
            hash.AppendText(output.Bundle.Name);
            if (output.Prerender is not { } prerender)
                continue;
            AppendFile("prerender", prerender.RealPath);
            if (prerender.Fallback is { } fallback)
                AppendFile("fallback", fallback.RealPath);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, Bytes));

        void AppendFile(string name, string realPath)
        {
            hash.AppendText(name);
            hash.AppendData(digests[realPath].Sha256);
        }
    }
}
