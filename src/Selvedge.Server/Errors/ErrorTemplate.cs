using System.Net;
using System.Text;

namespace Selvedge.Server.Errors;

/// <summary>The page a browser shows for an error the deployment has no page of its own for.</summary>
internal static class ErrorTemplate
{
    /// <summary>Renders it. It loads nothing and runs nothing, so that it works whatever is broken.</summary>
    public static byte[] Render(int status, string code, string message, string requestId) =>
        Encoding.UTF8.GetBytes(
            $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{{status}}: {{WebUtility.HtmlEncode(message)}}</title>
            <style>
            :root { color-scheme: light dark }
            body { font: 16px/1.5 system-ui, sans-serif; min-height: 100vh; margin: 0; display: grid; place-items: center }
            main { padding: 2rem; max-width: 34rem }
            h1 { font-size: 3.5rem; line-height: 1; margin: 0 0 .5rem; font-weight: 300 }
            p { margin: 0 0 1rem }
            code { opacity: .65; font-size: .8125rem }
            </style>
            </head>
            <body>
            <main>
            <h1>{{status}}</h1>
            <p>{{WebUtility.HtmlEncode(message)}}</p>
            <code>{{WebUtility.HtmlEncode(code)}}<br>{{WebUtility.HtmlEncode(requestId)}}</code>
            </main>
            </body>
            </html>

            """
        );
}
