using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Selvedge.BuildOutput;
using Selvedge.Server.Admission;

namespace Selvedge.Server.Images;

/// <summary>Decides which images may be asked for, by the <c>images</c> of the deployment's <c>config.json</c>.</summary>
/// <remarks>The rules are those of Next.js's own server, which the platform's are too.</remarks>
internal sealed class ImagePolicy
{
    private const int MaxUrlLength = 3072;

    private readonly List<CompiledPattern> _remote;
    private readonly List<CompiledPattern>? _local;

    public ImagePolicy(ImagesConfig config)
    {
        Config = config;
        _remote = [.. config.RemotePatterns.Select(static pattern => new CompiledPattern(pattern))];
        _local = config.LocalPatterns?.Select(static pattern => new CompiledPattern(pattern)).ToList();
    }

    /// <summary>The rules as the build wrote them.</summary>
    public ImagesConfig Config { get; }

    /// <summary>Reads a query, and judges it.</summary>
    /// <param name="query">Without the question mark, as routing left it.</param>
    public ImageRequest Judge(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        if (Single(values, "url") is not { Length: > 0 and <= MaxUrlLength } url)
        {
            return new(ImageRefusal.UrlInvalid);
        }

        if (!IsListed(Single(values, "w"), Config.Sizes))
        {
            return new(ImageRefusal.WidthNotAllowed);
        }

        var quality = Single(values, "q");
        if (!IsListed(quality, Config.Qualities ?? []) && !(Config.Qualities is null && NumberOf(quality) is >= 1 and <= 100))
        {
            return new(ImageRefusal.QualityNotAllowed);
        }

        return url.Contains("://", StringComparison.Ordinal) ? JudgeRemote(url) : JudgeLocal(url);
    }

    /// <summary>Whether a media type may be sent as an image of this site. SVG may hold scripts.</summary>
    public bool Allows(string contentType) =>
        contentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
        && (Config.DangerouslyAllowSvg || !contentType.StartsWith("image/svg", StringComparison.OrdinalIgnoreCase));

    private ImageRequest JudgeLocal(string url)
    {
        // Astro leaves the leading slash away. Two of them would name another host.
        if (url.StartsWith("//", StringComparison.Ordinal) || !RequestTarget.TryParse(Escape(url), out var target))
        {
            return new(ImageRefusal.UrlInvalid);
        }

        // An image of an image would go round for ever.
        if (ImageAsset.Paths.Any(path => target.Path.EndsWith(path, StringComparison.OrdinalIgnoreCase)))
        {
            return new(ImageRefusal.UrlInvalid);
        }

        var search = target.Query.Length == 0 ? "" : $"?{target.Query}";
        return _local is null || _local.Any(pattern => pattern.Matches(target.Path, search))
            ? new(ImageRefusal.None, Local: target)
            : new(ImageRefusal.UrlNotAllowed);
    }

    private ImageRequest JudgeRemote(string url)
    {
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.UserInfo.Length > 0
        )
        {
            return new(ImageRefusal.UrlInvalid);
        }

        return Config.Domains.Contains(uri.Host, StringComparer.OrdinalIgnoreCase) || _remote.Any(pattern => pattern.Matches(uri))
            ? new(ImageRefusal.None, Remote: uri)
            : new(ImageRefusal.UrlNotAllowed);
    }

    private static string Escape(string url) => (url[0] == '/' ? url : "/" + url).Replace(" ", "%20", StringComparison.Ordinal);

    private static string? Single(Dictionary<string, StringValues> values, string key) =>
        values.TryGetValue(key, out var found) && found.Count == 1 ? found[0] : null;

    private static bool IsListed(string? value, IReadOnlyList<int> allowed) =>
        NumberOf(value) is { } number && allowed.Contains(number);

    private static int? NumberOf(string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A pattern with its expressions compiled.</summary>
    private sealed class CompiledPattern(ImagePattern pattern)
    {
        private readonly Regex? _host = Compile(pattern.Hostname);
        private readonly Regex? _path = Compile(pattern.Pathname);

        public bool Matches(string path, string search) =>
            IsMatch(_path, path) && (pattern.Search is null || pattern.Search == search);

        public bool Matches(Uri uri) =>
            (pattern.Protocol is null || pattern.Protocol == uri.Scheme)
            && (
                pattern.Port is null || pattern.Port == (uri.IsDefaultPort ? "" : uri.Port.ToString(CultureInfo.InvariantCulture))
            )
            && IsMatch(_host, uri.Host)
            && Matches(uri.AbsolutePath, uri.Query);

        private static bool IsMatch(Regex? expression, string text)
        {
            try
            {
                return expression?.IsMatch(text) ?? true;
            }
            catch (RegexMatchTimeoutException)
            {
                return false;
            }
        }

        private static Regex? Compile(string? expression)
        {
            if (expression is null)
            {
                return null;
            }

            try
            {
                return new Regex($@"\A(?:{expression})\z", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
            }
            catch (ArgumentException)
            {
                // What cannot be read allows nothing.
                return new Regex("(?!)", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
            }
        }
    }
}
