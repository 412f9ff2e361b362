using Microsoft.Net.Http.Headers;
using Selvedge.BuildOutput;
using Selvedge.Server.Answers;

namespace Selvedge.Server.Static;

/// <summary>A static file with the header values that never change, made once for all requests.</summary>
internal sealed class StaticFile
{
    /// <summary>Prepares a file of a deployment.</summary>
    public StaticFile(StaticAsset asset)
    {
        Asset = asset;
        ETag = new EntityTagHeaderValue(asset.ETag);
        // HTTP dates have whole seconds; comparing finer ones would never match what a client sends back.
        LastModified = DateTimeOffset.FromUnixTimeSeconds(asset.LastModified.ToUnixTimeSeconds());
        LastModifiedText = HeaderUtilities.FormatDate(LastModified);
        ContentDisposition = Disposition(asset.OutputPath);
        MatchedPath = HeaderText.EncodePath(asset.OutputPath);
    }

    /// <summary>The file in the build output.</summary>
    public StaticAsset Asset { get; }

    /// <summary>Its strong entity tag.</summary>
    public EntityTagHeaderValue ETag { get; }

    /// <summary>When it was last changed, in whole seconds.</summary>
    public DateTimeOffset LastModified { get; }

    /// <summary><see cref="LastModified"/> as an HTTP date.</summary>
    public string LastModifiedText { get; }

    /// <summary>The value of <c>Content-Disposition</c>.</summary>
    public string ContentDisposition { get; }

    /// <summary>The value of <c>x-matched-path</c>.</summary>
    public string MatchedPath { get; }

    /// <summary>The whole content, once <see cref="SmallFiles"/> holds it.</summary>
    public byte[]? Content { get; set; }

    private static string Disposition(string outputPath)
    {
        var name = outputPath[(outputPath.LastIndexOf('/') + 1)..];
        var value = new ContentDispositionHeaderValue("inline");
        if (name.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            value.SetHttpFileName(name);
        }
        else
        {
            value.FileName = $"\"{name.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
        }

        return value.ToString();
    }
}
