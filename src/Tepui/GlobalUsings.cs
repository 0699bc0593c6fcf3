global using Tepui.Rest;
global using Tepui.Runtime.Hosting;
