using Microsoft.AspNetCore.Http;
using Selvedge.BuildOutput;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Answers;
using Selvedge.Server.Errors;
using Selvedge.Server.Static;

namespace Selvedge.Server.Images;

/// <summary>Answers where pages ask for images by URL, size and quality. It sends each image as it is.</summary>
/// <remarks>
/// A file of the deployment is sent from here. For anything else the browser is sent to the image's own address, so that nothing is
/// fetched on a visitor's behalf, and no other site's content appears under this one's name.
/// </remarks>
internal sealed class ImageOrigin(StaticOrigin staticOrigin)
{
    /// <summary>Sends an image, or says why not.</summary>
    public Task AnswerAsync(AdmittedRequest request, RouteDecision decision)
    {
        var policy = request.Deployment.Images!;
        var asked = policy.Judge(decision.Query);
        if (asked.Refusal is not ImageRefusal.None)
        {
            return RefuseAsync(request, asked.Refusal);
        }

        if (asked.Remote is { } remote)
        {
            return RedirectAsync(request, decision, remote.AbsoluteUri);
        }

        var target = asked.Local!.Value;
        if (request.Deployment.Deployment.Outputs.Find(target.Path) is not StaticAsset asset)
        {
            return RedirectAsync(request, decision, target.Query.Length == 0 ? target.Path : $"{target.Path}?{target.Query}");
        }

        return policy.Allows(asset.ContentType)
            ? SendAsync(request, decision, policy.Config, request.Deployment.FileOf(asset))
            : RefuseAsync(request, ImageRefusal.NotAnImage);
    }

    private Task SendAsync(AdmittedRequest request, RouteDecision decision, ImagesConfig config, StaticFile file)
    {
        var headers = request.Http.Response.Headers;
        if (config.ContentSecurityPolicy is { } policy)
        {
            headers.ContentSecurityPolicy = policy;
        }

        if (config.ContentDispositionType is "attachment")
        {
            headers.ContentDisposition = file.ContentDisposition.Replace("inline", "attachment", StringComparison.Ordinal);
        }

        return staticOrigin.AnswerAsync(request, decision, file);
    }

    private static Task RedirectAsync(AdmittedRequest request, RouteDecision decision, string location) =>
        RedirectAnswer.SendAsync(
            request,
            new RouteDecision
            {
                Outcome = RouteOutcome.Redirect,
                Status = StatusCodes.Status307TemporaryRedirect,
                Location = location,
                RequestPath = decision.RequestPath,
                Query = decision.Query,
                RoutedPath = decision.RoutedPath,
                ResponseHeaders = decision.ResponseHeaders,
                ResponseTransforms = decision.ResponseTransforms,
                ResponseSelectorTransforms = decision.ResponseSelectorTransforms,
            }
        );

    private static async Task RefuseAsync(AdmittedRequest request, ImageRefusal refusal)
    {
        var response = request.Http.Response;
        response.StatusCode = StatusCodes.Status400BadRequest;
        response.Headers[ErrorPage.HeaderName] = ErrorCodes.InvalidImageRequest;
        response.Headers.CacheControl = BrowserCacheControl.Default;
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(
            refusal switch
            {
                ImageRefusal.UrlInvalid => "\"url\" must name one image, by a path of this site or by an http or https URL.\n",
                ImageRefusal.UrlNotAllowed => "\"url\" is not allowed: \"images\" of the build's config.json says which are.\n",
                ImageRefusal.WidthNotAllowed => "\"w\" must be one of \"images.sizes\" of the build's config.json.\n",
                ImageRefusal.QualityNotAllowed =>
                    "\"q\" must be from 1 to 100, and one of \"images.qualities\" of the build's config.json if it has any.\n",
                _ => "\"url\" leads to something that is not an allowed image.\n",
            },
            request.Http.RequestAborted
        );
    }
}
