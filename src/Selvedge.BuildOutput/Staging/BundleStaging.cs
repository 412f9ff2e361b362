using System.Security.Cryptography;
using Selvedge.BuildOutput.Bundles;
using Selvedge.BuildOutput.Files;

namespace Selvedge.BuildOutput.Staging;

/// <summary>Puts bundles that need files of the project together in a directory of their own.</summary>
/// <remarks>
/// A staged bundle is named by its content and never changed, so a bundle that is there already is used as it is. It is made under
/// another name and renamed when it is whole: a crash leaves no half of one under the name that counts, and two servers may stage
/// the same bundle at once. The marker inside, written last, tells a whole one from what somebody else has left there.
/// </remarks>
internal sealed class BundleStaging(string stagingDirectory, FileDigests digests)
{
    private const string ContentName = "bundle";
    private const string MarkerName = "complete";
    private const string PartialSuffix = ".partial";
    private const int KeyBytes = 16;

    /// <summary>Whether a directory's name is one that staging gives, be the bundle whole or not.</summary>
    public static bool IsStagedName(string name)
    {
        var key = name.EndsWith(PartialSuffix, StringComparison.Ordinal) ? name.Split('.')[0] : name;
        return key.Length == KeyBytes * 2 && key.All(char.IsAsciiHexDigitLower);
    }

    /// <summary>Stages a bundle whose files are hashed.</summary>
    /// <returns>The directory it runs in.</returns>
    /// <exception cref="IOException">The staging directory cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The staging directory may not be written.</exception>
    public string Stage(BundleSource bundle, CancellationToken cancellationToken)
    {
        var final = Path.Join(stagingDirectory, KeyOf(bundle));
        if (!IsWhole(final))
            Make(bundle, final, cancellationToken);
        return Path.Join(final, ContentName);
    }

    private string KeyOf(BundleSource bundle)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendText(bundle.Name);
        hash.AppendContent(bundle.Content, digests);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, KeyBytes));
    }

    private static bool IsWhole(string directory) => File.Exists(Path.Join(directory, MarkerName));

    private void Make(BundleSource bundle, string final, CancellationToken cancellationToken)
    {
        var partial = $"{final}.{Guid.NewGuid():N}{PartialSuffix}";
        try
        {
            Fill(bundle.Content, Path.Join(partial, ContentName), cancellationToken);
            File.WriteAllText(Path.Join(partial, MarkerName), bundle.Name);
            Publish(partial, final);
        }
        finally
        {
            DeleteIfThere(partial);
        }
    }

    private static void Publish(string partial, string final)
    {
        try
        {
            if (!IsWhole(final))
                DeleteIfThere(final);
            Directory.Move(partial, final);
        }
        catch (IOException) when (IsWhole(final))
        {
            // Another server has staged the same bundle meanwhile.
        }
    }

    private static void Fill(DirectoryContent content, string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var made = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, source) in content.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            HardLink.CreateOrCopy(source, PlaceFor(path));
        }

        foreach (var (path, text) in content.Links)
            File.CreateSymbolicLink(PlaceFor(path), text);

        string PlaceFor(string path)
        {
            var place = Path.Join(directory, path);
            var parent = Path.GetDirectoryName(place)!;
            if (made.Add(parent))
                Directory.CreateDirectory(parent);
            return place;
        }
    }

    private static void DeleteIfThere(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }
}
