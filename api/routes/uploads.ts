import { createRoute } from '@hono/zod-openapi';
import { CodedError } from '#api/errors.ts';
import { createRouter, errorResponse } from './router.ts';

const postUpload = createRoute({
  method: 'post',
  path: '/api/uploads',
  summary: '上传一份材料（尚未开通）',
  responses: { 422: errorResponse('`not-yet`: no files are taken') },
});

/** Evidence is not taken yet; the body of the request is not read. */
export function uploadRoutes() {
  return createRouter().openapi(postUpload, () => {
    throw new CodedError('not-yet');
  });
}
